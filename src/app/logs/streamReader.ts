import { FrameReader } from '../../domain/logs/frames.ts';
import { LineAssembler } from '../../domain/logs/lines.ts';
import type { LogBoundary, RawLine } from '../../domain/logs/model.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import type { TailFeed } from './tailFeed.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type Boundary = Omit<LogBoundary, 'sourceId'>;

/** Reads one connection to a container's log into a feed: frames, lines, nothing twice, boundaries in their place. */
export class StreamReader {
  private readonly feed: TailFeed;
  private readonly resume: ResumeFilter;
  private readonly assembler: LineAssembler;
  private readonly frames: FrameReader | undefined;
  private pending: readonly Boundary[];
  /** The last line of each stream that this connection brought. */
  private readonly lastSeqs = [-1, -1];

  /** @param pending stops and starts that happened before this connection, oldest first. */
  constructor(feed: TailFeed, resume: ResumeFilter, isTty: boolean, pending: readonly Boundary[]) {
    this.feed = feed;
    this.resume = resume;
    this.pending = pending;
    this.assembler = new LineAssembler({ kind: isTty ? 'raw' : 'framed' }, line => this.take(line));
    const assembler = this.assembler;
    this.frames = isTty
      ? undefined
      : new FrameReader((stream, bytes, start, end, isStart) =>
          assembler.push(stream, bytes, start, end, isStart),
        );
  }

  push(chunk: Uint8Array): void {
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
    if (this.resume.isTie(line.stream, line.seconds, line.nanos) && this.isRepeated(line)) return;
    if (!this.resume.accept(line.stream, line.seconds, line.nanos)) return;
    const { lost } = this.resume;
    if (lost !== undefined) {
      const gapMs = lost.untilMs - lost.afterMs;
      this.feed.boundary({ kind: 'gap', atMs: lost.untilMs, gapMs, detail: '' });
    }
    if (this.pending.length > 0) this.passBoundaries(line.seconds * 1000 + line.nanos / 1e6);
    this.lastSeqs[line.stream] = this.feed.store.nextSeq;
    this.feed.append(line);
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
