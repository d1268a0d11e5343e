import { FrameReader } from '../../domain/logs/frames.ts';
import { LineAssembler } from '../../domain/logs/lines.ts';
import type { RawLine } from '../../domain/logs/model.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import type { SkipWatch } from '../../domain/logs/skipWatch.ts';
import type { Boundary } from './lineGate.ts';
import { LineGate } from './lineGate.ts';
import type { Reread } from './lookBack.ts';
import { LookBack } from './lookBack.ts';
import type { TailFeed } from './tailFeed.ts';

export interface StreamOptions {
  readonly isTty: boolean;
  /** Stops and starts that happened before this connection, oldest first. */
  readonly pending: readonly Boundary[];
  /** For a log that the engine rotates. */
  readonly rotation: { readonly skips: SkipWatch; readonly reread: Reread } | undefined;
}

/** Reads one connection to a container's log into a feed: frames, lines, nothing twice, boundaries in their place. */
export class StreamReader {
  private readonly feed: TailFeed;
  private readonly gate: LineGate;
  private readonly lookBack: LookBack | undefined;
  private readonly assembler: LineAssembler;
  private readonly frames: FrameReader | undefined;
  private arrivalMs = 0;

  constructor(feed: TailFeed, resume: ResumeFilter, options: StreamOptions) {
    const { isTty, pending, rotation } = options;
    this.feed = feed;
    this.gate = new LineGate(feed, resume, pending, rotation?.skips);
    this.lookBack = rotation && new LookBack(this.gate, resume, rotation.reread);
    this.assembler = new LineAssembler({ kind: isTty ? 'raw' : 'framed' }, line => this.take(line));
    const assembler = this.assembler;
    this.frames = isTty
      ? undefined
      : new FrameReader((stream, bytes, start, end, isStart) =>
          assembler.push(stream, bytes, start, end, isStart),
        );
  }

  push(chunk: Uint8Array): void {
    if (this.lookBack !== undefined) this.arrivalMs = this.feed.clock.nowMs();
    if (this.frames !== undefined) this.frames.push(chunk);
    else this.assembler.push(0, chunk, 0, chunk.length, false);
  }

  /** Resolves when every line that came is in the feed. */
  async settled(): Promise<void> {
    await this.lookBack?.settled();
  }

  /** The container is not running: what it left without a newline is its last line. */
  async finish(): Promise<void> {
    this.assembler.finish();
    await this.settled();
    this.flushBoundaries();
  }

  oldestOpenSeconds(): number | undefined {
    return this.assembler.oldestOpenSeconds();
  }

  flushBoundaries(): void {
    this.gate.flushBoundaries();
  }

  private take(line: Readonly<RawLine>): void {
    if (this.lookBack !== undefined) this.lookBack.take(line, this.arrivalMs);
    else this.gate.admit(line, this.gate.leapBefore(line));
  }
}
