import fs from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Lease } from '../ports.ts';

export interface LeaseFileOptions {
  /** A file that all windows of this machine and workspace agree on; its folder is made. */
  readonly file: string;
  /** Unique for this window. */
  readonly holderId: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly renewMs?: number;
}

interface Claim {
  readonly holderId: string;
  readonly pid: number;
  readonly renewedAtMs: number;
}

const defaultRenewMs = 5_000;

/**
 * A lease as a small file: who holds it renews it, who finds it old, or its holder's process gone, takes it. Two
 * windows that take it at the same moment both checking for one renewal is harmless; the next reading settles it.
 */
export class LeaseFile implements Lease, Disposable {
  private readonly options: LeaseFileOptions;
  private readonly renewMs: number;
  private readonly changes = new Emitter<boolean>();
  private timer: Disposable | undefined;
  private isDisposed = false;
  isHeld = false;

  readonly onDidChange = this.changes.event;

  constructor(options: LeaseFileOptions) {
    this.options = options;
    this.renewMs = options.renewMs ?? defaultRenewMs;
  }

  /** Resolves after the first attempt; from then on it is tried again and again until `dispose`. */
  async start(): Promise<void> {
    await this.turn();
  }

  /** Takes it from whoever holds it, who learns of that at the next renewal. */
  async take(): Promise<void> {
    if (this.isHeld || this.isDisposed) return;
    await fs.mkdir(path.dirname(this.options.file), { recursive: true });
    await this.replace();
    this.isHeld = true;
    this.changes.fire(true);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.timer?.dispose();
    this.changes.dispose();
    if (this.isHeld) void this.release();
    this.isHeld = false;
  }

  private async turn(): Promise<void> {
    const isHeld = await this.tryHold().catch(() => false);
    if (this.isDisposed) return;
    if (isHeld !== this.isHeld) {
      this.isHeld = isHeld;
      this.changes.fire(isHeld);
    }
    this.timer = this.options.clock.after(this.renewMs, () => void this.turn());
  }

  private async tryHold(): Promise<boolean> {
    const { file, holderId } = this.options;
    await fs.mkdir(path.dirname(file), { recursive: true });
    const claim = await this.read();
    if (claim === undefined) return this.create();
    if (claim.holderId === holderId) {
      await this.replace();
      return true;
    }
    if (this.isAlive(claim)) return false;
    await fs.rm(file, { force: true });
    return this.create();
  }

  private isAlive({ pid, renewedAtMs }: Claim): boolean {
    const ageMs = this.options.clock.nowMs() - renewedAtMs;
    // A negative age: the clock was set back; the holder will renew soon if it lives.
    return ageMs < 3 * this.renewMs && isRunning(pid);
  }

  /** Fails when another window was quicker. */
  private async create(): Promise<boolean> {
    try {
      await fs.writeFile(this.options.file, this.text(), { flag: 'wx' });
      return true;
    } catch {
      return false;
    }
  }

  /** By renaming, so that nobody ever reads half a claim. */
  private async replace(): Promise<void> {
    const draft = `${this.options.file}.${this.options.holderId}`;
    await fs.writeFile(draft, this.text());
    await fs.rename(draft, this.options.file);
  }

  private async release(): Promise<void> {
    const claim = await this.read();
    if (claim?.holderId === this.options.holderId) await fs.rm(this.options.file, { force: true });
  }

  private text(): string {
    const { holderId, pid, clock } = this.options;
    return JSON.stringify({ holderId, pid, renewedAtMs: clock.nowMs() } satisfies Claim);
  }

  private async read(): Promise<Claim | undefined> {
    const text = await fs.readFile(this.options.file, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const stale = { holderId: '', pid: 0, renewedAtMs: 0 };
    try {
      const value: unknown = JSON.parse(text);
      return isClaim(value) ? value : stale;
    } catch {
      return stale;
    }
  }
}

function isClaim(value: unknown): value is Claim {
  if (typeof value !== 'object' || value === null) return false;
  const claim = value as Record<string, unknown>;
  return (
    typeof claim['holderId'] === 'string' &&
    typeof claim['pid'] === 'number' &&
    typeof claim['renewedAtMs'] === 'number'
  );
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
