import type { Clock } from '../../base/clock.ts';
import type { LogBoundary } from '../../domain/logs/model.ts';
import type { SecretRows } from '../../domain/logs/secretRows.ts';
import type { LogStore } from '../../domain/logs/store.ts';
import type { LogSpill } from '../../ports.ts';
import { toEvidenceText } from './snapshot.ts';

/** Lines are redacted and written together: one by one would cost more than reading them. */
const batchChars = 128 * 1024;
/** Redaction is slower than reading: a flood is not kept whole, so that the window stays usable. */
const charsPerSecond = 4_000_000;

/** What no longer fits into memory and can still be scrolled back to. */
export interface OlderLines {
  readonly lines: number;
  /** Neither held nor in the file any more. */
  readonly droppedLines: number;
  /** Evidence lines, redacted, oldest first, in pieces of whole lines. */
  read(): AsyncIterable<string>;
}

export interface SpillParts {
  readonly spill: LogSpill;
  readonly redact: (text: string) => string;
  readonly clock: Clock;
}

/** Writes the lines that a store lets go of into its spill file, redacted before they are stored. */
export class SpillWriter implements OlderLines {
  private readonly parts: SpillParts;
  private pending = '';
  private pendingLines = 0;
  private secondMs = Number.NEGATIVE_INFINITY;
  private charsInSecond = 0;
  private skipped = 0;
  private skippedBefore = 0;

  constructor(parts: SpillParts) {
    this.parts = parts;
  }

  get lines(): number {
    return this.parts.spill.lines + this.pendingLines;
  }

  get droppedLines(): number {
    return this.parts.spill.droppedLines + this.skipped + this.skippedBefore;
  }

  /** Call before the store forgets the row. */
  take(store: LogStore, seq: number, secrets: SecretRows): void {
    if (!this.hasRoom(store.byteLength(seq))) {
      this.skipped++;
      return;
    }
    if (this.skipped > 0) this.tellSkipped();
    const boundary = store.boundary(seq);
    this.pending +=
      boundary === undefined ? `${toEvidenceText(secrets.line(seq))}\n` : toBoundaryText(boundary);
    this.pendingLines++;
    if (this.pending.length >= batchChars) this.flush();
  }

  async *read(): AsyncGenerator<string> {
    this.flush();
    yield* this.parts.spill.read();
  }

  dispose(): void {
    this.pending = '';
    this.parts.spill.dispose();
  }

  private flush(): void {
    if (this.pending === '') return;
    this.parts.spill.append(this.parts.redact(this.pending), this.pendingLines);
    this.pending = '';
    this.pendingLines = 0;
  }

  private hasRoom(bytes: number): boolean {
    const nowMs = this.parts.clock.monotonicMs();
    if (nowMs - this.secondMs >= 1000) {
      this.secondMs = nowMs;
      this.charsInSecond = 0;
    }
    this.charsInSecond += bytes;
    return this.charsInSecond <= charsPerSecond;
  }

  private tellSkipped(): void {
    this.pending += `--- ${this.skipped} lines not kept: too many at once\n`;
    this.skippedBefore += this.skipped;
    this.skipped = 0;
  }
}

function toBoundaryText({ atMs, kind, detail }: LogBoundary): string {
  return `${`--- ${new Date(atMs).toISOString()} ${kind} ${detail}`.trimEnd()}\n`;
}
