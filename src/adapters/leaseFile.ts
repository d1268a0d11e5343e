import fs from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Lease } from '../ports.ts';
import { withFileLock } from './fileLock.ts';

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
 * A lease as a small file: who holds it renews it, who finds it old, or its holder's process gone, takes it. Reading and
 * writing it is one act under a lock: else a renewal could overwrite what another window took a moment before.
 */
export class LeaseFile implements Lease, Disposable {
  private readonly options: LeaseFileOptions;
  private readonly renewMs: number;
  private readonly changes = new Emitter<boolean>();
  private timer: Disposable | undefined;
  private last: Promise<void> = Promise.resolve();
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
    await this.inTurn(() => this.change(() => this.locked(() => this.replace())));
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.timer?.dispose();
    this.changes.dispose();
    // One that cannot be given back is found old, or its process gone.
    if (this.isHeld) this.inTurn(() => this.release()).catch(() => undefined);
    this.isHeld = false;
  }

  private async turn(): Promise<void> {
    // Without knowing who holds it, nobody may act as if they did.
    const hold = () => this.locked(() => this.tryHold()).catch(() => false);
    await this.inTurn(() => this.change(hold)).catch(() => undefined);
    if (this.isDisposed) return;
    this.timer = this.options.clock.after(this.renewMs, () => void this.turn());
  }

  /** What is under way here ends first: its answer would be about a lease that has changed since. */
  private inTurn(action: () => Promise<void>): Promise<void> {
    const next = this.last.then(action);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async change(hold: () => Promise<boolean>): Promise<void> {
    if (this.isDisposed) return;
    const isHeld = await hold();
    if (this.isDisposed) {
      if (isHeld) await this.release();
      return;
    }
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    this.changes.fire(isHeld);
  }

  private async tryHold(): Promise<boolean> {
    const claim = await this.read();
    if (claim !== undefined && claim.holderId !== this.options.holderId && this.isAlive(claim)) return false;
    return this.replace();
  }

  private isAlive({ pid, renewedAtMs }: Claim): boolean {
    const ageMs = this.options.clock.nowMs() - renewedAtMs;
    // A negative age: the clock was set back; the holder will renew soon if it lives.
    return ageMs < 3 * this.renewMs && isRunning(pid);
  }

  /** By renaming, so that nobody ever reads half a claim. */
  private async replace(): Promise<boolean> {
    const draft = `${this.options.file}.${this.options.holderId}`;
    await fs.writeFile(draft, this.text());
    await fs.rename(draft, this.options.file);
    return true;
  }

  private async release(): Promise<void> {
    const { file, holderId } = this.options;
    await this.locked(async () => {
      const claim = await this.read();
      if (claim?.holderId === holderId) await fs.rm(file, { force: true });
    });
  }

  private locked<T>(action: () => Promise<T>): Promise<T> {
    return withFileLock(this.options.file, this.options.clock, action);
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
