import type { RawLine } from '../../domain/logs/model.ts';
import { timeMsOf } from '../../domain/logs/model.ts';
import type { SkipWatch } from '../../domain/logs/skipWatch.ts';
import type { LogStore } from '../../domain/logs/store.ts';
import type { Leap } from './lineGate.ts';

/** Lines of the two streams stand that much out of the order of their times at most, and more than ever seen. */
const overlapMs = 1000;
/** Where a reading began among lines of both streams, so much is left out. */
const raggedMs = 10;

/**
 * Compares what the engine gives again with what is held of it, line for line by their number: a hole in what is held
 * is a loss that nobody has noticed when it came. What stands before the last gap that is shown is no news.
 */
export class HeldProof {
  private readonly store: LogStore;
  private readonly skips: SkipWatch | undefined;
  private readonly isAtEnd: boolean;
  private readonly sinceMs: number;
  private firstMs = Number.NaN;
  private count = 0;
  private lines = 0;
  private bytes = 0;

  constructor(store: LogStore, skips: SkipWatch | undefined) {
    this.store = store;
    this.skips = skips;
    this.isAtEnd = skips?.isAtEnd === true;
    this.sinceMs = comparableSinceMs(store);
  }

  /** Call with each line of the answer that is not new. */
  add(line: Readonly<RawLine>): void {
    const timeMs = timeMsOf(line);
    this.lines++;
    this.bytes += line.end - line.start;
    if (timeMs < this.sinceMs) return;
    if (Number.isNaN(this.firstMs)) this.firstMs = timeMs;
    this.count++;
  }

  /** What is missing of what came before the first new line. */
  verdict(): Leap {
    if (this.count > 0 && this.count > this.heldCount()) return 'certain';
    // The file that may have ended too early must be among what was compared.
    return this.isAtEnd && this.skips?.isMuch(this.bytes, this.lines) !== true ? 'possible' : 'none';
  }

  private heldCount(): number {
    const store = this.store;
    let count = 0;
    for (let seq = store.nextSeq - 1; seq >= store.firstSeq; seq--) {
      const timeMs = store.timeMs(seq);
      if (timeMs < this.firstMs - overlapMs) break;
      if (timeMs >= this.firstMs && !store.isBoundary(seq)) count++;
    }
    return count;
  }
}

function comparableSinceMs(store: LogStore): number {
  for (let seq = store.nextSeq - 1; seq >= store.firstSeq; seq--)
    if (store.boundary(seq)?.kind === 'gap') return store.timeMs(seq);
  return store.size > 0 ? store.timeMs(store.firstSeq) + raggedMs : 0;
}
