import type { LogBoundary, RawLine } from '../../domain/logs/model.ts';
import { timeMsOf } from '../../domain/logs/model.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import type { SkipWatch } from '../../domain/logs/skipWatch.ts';
import type { LogStore } from '../../domain/logs/store.ts';
import type { TailFeed } from './tailFeed.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** So old at most is a line that was written just now. */
const freshMs = 1000;
/** Smaller steps change nothing that a person would see. */
const shownStepMs = 1000;

export type Boundary = Omit<LogBoundary, 'sourceId'>;

/** What is known of lines that should stand before this one. */
export type Leap = 'none' | 'possible' | 'certain';

/** Lets every line of one connection into the feed once, with the boundaries that belong before it. */
export class LineGate {
  readonly skips: SkipWatch | undefined;
  private readonly feed: TailFeed;
  private readonly resume: ResumeFilter;
  private pending: readonly Boundary[];
  /** The last line of each stream that this connection brought. */
  private readonly lastSeqs = [-1, -1];

  /**
   * @param pending stops and starts that happened before this connection, oldest first
   * @param skips for a log that the engine rotates; there, too, the last line of a file may come twice
   */
  constructor(
    feed: TailFeed,
    resume: ResumeFilter,
    pending: readonly Boundary[],
    skips: SkipWatch | undefined,
  ) {
    this.feed = feed;
    this.resume = resume;
    this.pending = pending;
    this.skips = skips;
  }

  get store(): LogStore {
    return this.feed.store;
  }

  /** What the line itself and those before it tell. */
  leapBefore(line: Readonly<RawLine>): Leap {
    const { stream, seconds, nanos } = line;
    if (!this.resume.isNewer(stream, seconds, nanos)) return 'none';
    if (this.resume.isLeap(stream)) return 'certain';
    return this.skips?.isSkip(line) === true ? 'possible' : 'none';
  }

  admit(line: Readonly<RawLine>, leap: Leap): void {
    // Without rotation a line that comes twice was written twice, whatever the engine's clock says.
    if (this.skips !== undefined && this.resume.isTie(line.stream, line.seconds, line.nanos)) {
      if (this.isRepeated(line)) return;
    }
    if (!this.resume.accept(line.stream, line.seconds, line.nanos)) {
      if (!this.resume.isSurprise || !this.isNewDespiteTime(line)) return;
      this.resume.stepBack(line.stream, line, this.skips === undefined);
      this.showStep(line);
    }
    if (leap !== 'none') this.showLoss(line, leap);
    this.skips?.note(line, leap !== 'none');
    if (this.pending.length > 0) this.passBoundaries(timeMsOf(line));
    this.lastSeqs[line.stream] = this.feed.store.nextSeq;
    this.feed.append(line);
  }

  /** Lines may never come: after a moment the boundaries stand without them. */
  flushBoundaries(): void {
    for (const boundary of this.pending) this.feed.boundary(boundary);
    this.pending = [];
  }

  private showLoss(line: Readonly<RawLine>, leap: 'possible' | 'certain'): void {
    const { store } = this.feed;
    const atMs = timeMsOf(line);
    const gapMs = store.size > 0 ? Math.max(0, atMs - store.timeMs(store.nextSeq - 1)) : 0;
    this.feed.boundary({ kind: 'gap', atMs, gapMs, detail: leap === 'possible' ? 'rotation' : '' });
  }

  /** A line older than the one before it: the engine's clock went back, or a rotated file is read again. */
  private isNewDespiteTime(line: Readonly<RawLine>): boolean {
    if (this.skips === undefined) return true;
    const { store, clock } = this.feed;
    if (store.hasLineAt(line)) return false;
    const timeMs = timeMsOf(line);
    // Held lines have no hole: were it one of them, it would be there. Older than all: only if it was written just now.
    if (store.size > 0 && timeMs > store.timeMs(store.firstSeq)) return true;
    return (
      Math.abs(clock.nowMs() - timeMs) < freshMs && store.timeMs(store.nextSeq - 1) - timeMs > 2 * freshMs
    );
  }

  private showStep(line: Readonly<RawLine>): void {
    const { store } = this.feed;
    const backMs = store.size > 0 ? store.timeMs(store.nextSeq - 1) - timeMsOf(line) : 0;
    if (backMs < shownStepMs) return;
    this.feed.boundary({ kind: 'clock', atMs: timeMsOf(line), gapMs: backMs, detail: '' });
  }

  private isRepeated(line: Readonly<RawLine>): boolean {
    const seq = this.lastSeqs[line.stream] ?? -1;
    const { store } = this.feed;
    if (!store.has(seq) || store.byteLength(seq) !== line.end - line.start) return false;
    return store.text(seq) === decoder.decode(line.bytes.subarray(line.start, line.end));
  }

  private passBoundaries(timeMs: number): void {
    const isPassed = (boundary: Boundary) => boundary.atMs <= timeMs;
    for (const boundary of this.pending.filter(isPassed)) this.feed.boundary(boundary);
    this.pending = this.pending.filter(boundary => !isPassed(boundary));
  }
}
