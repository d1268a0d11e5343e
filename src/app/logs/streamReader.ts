import { FrameReader } from '../../domain/logs/frames.ts';
import { LineAssembler } from '../../domain/logs/lines.ts';
import type { LogBoundary, RawLine } from '../../domain/logs/model.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import type { SkipWatch } from '../../domain/logs/skipWatch.ts';
import type { TailFeed } from './tailFeed.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** So old at most is a line that was written just now. */
const freshMs = 1000;
/** Smaller steps change nothing that a person would see. */
const shownStepMs = 1000;

type Boundary = Omit<LogBoundary, 'sourceId'>;

export interface StreamOptions {
  readonly isTty: boolean;
  /** Stops and starts that happened before this connection, oldest first. */
  readonly pending: readonly Boundary[];
  /** For a log that the engine rotates; there, too, the last line of a file may come twice. */
  readonly skips: SkipWatch | undefined;
}

/** Reads one connection to a container's log into a feed: frames, lines, nothing twice, boundaries in their place. */
export class StreamReader {
  private readonly feed: TailFeed;
  private readonly resume: ResumeFilter;
  private readonly assembler: LineAssembler;
  private readonly frames: FrameReader | undefined;
  private readonly skips: SkipWatch | undefined;
  private pending: readonly Boundary[];
  /** The last line of each stream that this connection brought. */
  private readonly lastSeqs = [-1, -1];

  constructor(feed: TailFeed, resume: ResumeFilter, options: StreamOptions) {
    this.feed = feed;
    this.resume = resume;
    this.pending = options.pending;
    this.skips = options.skips;
    const { isTty } = options;
    this.assembler = new LineAssembler({ kind: isTty ? 'raw' : 'framed' }, line => this.take(line));
    const assembler = this.assembler;
    this.frames = isTty
      ? undefined
      : new FrameReader((stream, bytes, start, end, isStart) =>
          assembler.push(stream, bytes, start, end, isStart),
        );
  }

  push(chunk: Uint8Array): void {
    this.skips?.setArrival(this.feed.clock.nowMs());
    if (this.frames !== undefined) this.frames.push(chunk);
    else this.assembler.push(0, chunk, 0, chunk.length, false);
  }

  /** The container is not running: what it left without a newline is its last line. */
  finish(): void {
    this.assembler.finish();
    this.flushBoundaries();
  }

  oldestOpenSeconds(): number | undefined {
    return this.assembler.oldestOpenSeconds();
  }

  /** Lines may never come: after a moment the boundaries stand without them. */
  flushBoundaries(): void {
    for (const boundary of this.pending) this.feed.boundary(boundary);
    this.pending = [];
  }

  private take(line: Readonly<RawLine>): void {
    // Without rotation a line that comes twice was written twice, whatever the engine's clock says.
    if (this.skips !== undefined && this.resume.isTie(line.stream, line.seconds, line.nanos)) {
      if (this.isRepeated(line)) return;
    }
    if (!this.resume.accept(line.stream, line.seconds, line.nanos)) {
      if (!this.resume.isSurprise || !this.isNewDespiteTime(line)) return;
      this.resume.stepBack(line.stream, line, this.skips === undefined);
      this.showStep(line);
    }
    this.showLoss(line);
    if (this.pending.length > 0) this.passBoundaries(toMs(line));
    this.lastSeqs[line.stream] = this.feed.store.nextSeq;
    this.feed.append(line);
  }

  private showLoss(line: Readonly<RawLine>): void {
    const skippedMs = this.skips?.skippedMs(line) ?? 0;
    const { lost } = this.resume;
    if (lost === undefined && skippedMs === 0) return;
    const atMs = toMs(line);
    const gapMs = lost === undefined ? skippedMs : lost.untilMs - lost.afterMs;
    this.feed.boundary({ kind: 'gap', atMs, gapMs, detail: lost === undefined ? 'rotation' : '' });
  }

  /** A line older than the one before it: the engine's clock went back, or a rotated file is read again. */
  private isNewDespiteTime(line: Readonly<RawLine>): boolean {
    if (this.skips === undefined) return true;
    const { store, clock } = this.feed;
    if (store.hasLineAt(line)) return false;
    const timeMs = toMs(line);
    // Held lines have no hole: were it one of them, it would be there. Older than all: only if it was written just now.
    if (store.size > 0 && timeMs > store.timeMs(store.firstSeq)) return true;
    return (
      Math.abs(clock.nowMs() - timeMs) < freshMs && store.timeMs(store.nextSeq - 1) - timeMs > 2 * freshMs
    );
  }

  private showStep(line: Readonly<RawLine>): void {
    const { store } = this.feed;
    const backMs = store.size > 0 ? store.timeMs(store.nextSeq - 1) - toMs(line) : 0;
    if (backMs < shownStepMs) return;
    this.feed.boundary({ kind: 'clock', atMs: toMs(line), gapMs: backMs, detail: '' });
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

function toMs(line: Readonly<RawLine>): number {
  return line.seconds * 1000 + line.nanos / 1e6;
}
