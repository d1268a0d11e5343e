import fs from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { SharedState } from '../ports.ts';

export interface SharedStateFileOptions {
  /** The same for all windows that share; its folder is made. */
  readonly file: string;
  /** Unique for this window. */
  readonly writerId: string;
  readonly clock: Clock;
}

const readerMarkMs = 4_000;
const readerGoneMs = 12_000;

/** One text in one file, whole or not at all; who reads it leaves a mark beside it. */
export class SharedStateFile implements SharedState {
  private readonly options: SharedStateFileOptions;
  private readonly mark: string;
  private seen = '';
  private markedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: SharedStateFileOptions) {
    this.options = options;
    this.mark = `${options.file}.readers`;
  }

  async hasReaders(): Promise<boolean> {
    const stat = await fs.stat(this.mark).catch(() => undefined);
    return stat !== undefined && Math.abs(this.options.clock.nowMs() - stat.mtimeMs) < readerGoneMs;
  }

  /** By renaming, so that nobody ever reads half a text. */
  async write(text: string): Promise<void> {
    const { file, writerId } = this.options;
    await fs.mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${writerId}`;
    await fs.writeFile(draft, text);
    await fs.rename(draft, file);
  }

  async read(): Promise<string | undefined> {
    await this.leaveMark();
    const stat = await fs.stat(this.options.file).catch(() => undefined);
    const stamp = stat === undefined ? '' : `${stat.mtimeMs} ${stat.ino}`;
    if (stat === undefined || stamp === this.seen) return undefined;
    const text = await fs.readFile(this.options.file, 'utf8');
    this.seen = stamp;
    return text;
  }

  private async leaveMark(): Promise<void> {
    const nowMs = this.options.clock.monotonicMs();
    if (nowMs - this.markedAtMs < readerMarkMs) return;
    this.markedAtMs = nowMs;
    await fs.mkdir(path.dirname(this.mark), { recursive: true });
    await fs.writeFile(this.mark, '');
  }
}
