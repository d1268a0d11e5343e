import { ByteBlocks } from './blocks.ts';
import type { LogBoundary, LogLevel, LogLine, RawLine } from './model.ts';
import { levels, streams, toTimeNs } from './model.ts';

export interface StoreLimits {
  readonly maxLines: number;
  readonly maxBytes: number;
}

export const defaultLimits: StoreLimits = { maxLines: 100_000, maxBytes: 64 * 1024 * 1024 };

const stderrBit = 1;
const truncatedBit = 2;
const boundaryBit = 4;
const continuationBit = 8;
const secretBit = 16;
const initialLines = 1024;

/**
 * The newest lines of one source, as offsets into blocks of bytes; strings are made for what is read. A line is known
 * by its sequence number, which never changes; the oldest are dropped, and counted, at either limit.
 */
export class LogStore {
  readonly sourceId: string;
  private readonly limits: StoreLimits;
  private readonly blocks = new ByteBlocks();
  private readonly boundaries = new Map<number, LogBoundary>();
  private capacity: number;
  private seconds: Float64Array;
  private nanos: Uint32Array;
  private position: Float64Array;
  private length: Uint32Array;
  private flags: Uint8Array;
  private levelOf: Uint8Array;
  private oldest = 0;
  private next = 0;

  /** Told of each row before it is let go of. */
  onDrop: ((seq: number) => void) | undefined;

  constructor(sourceId: string, limits: StoreLimits = defaultLimits) {
    this.sourceId = sourceId;
    this.limits = limits;
    this.capacity = Math.min(initialLines, limits.maxLines);
    this.seconds = new Float64Array(this.capacity);
    this.nanos = new Uint32Array(this.capacity);
    this.position = new Float64Array(this.capacity);
    this.length = new Uint32Array(this.capacity);
    this.flags = new Uint8Array(this.capacity);
    this.levelOf = new Uint8Array(this.capacity);
  }

  /** Sequence number of the oldest row held; equally, how many were dropped. */
  get firstSeq(): number {
    return this.oldest;
  }

  /** The number that the next row will get. */
  get nextSeq(): number {
    return this.next;
  }

  get size(): number {
    return this.next - this.oldest;
  }

  get heldBytes(): number {
    return this.blocks.heldBytes;
  }

  append(line: Readonly<RawLine>): void {
    const at = this.slot();
    this.seconds[at] = line.seconds;
    this.nanos[at] = line.nanos;
    this.position[at] = this.blocks.append(line.bytes, line.start, line.end);
    this.length[at] = line.end - line.start;
    this.flags[at] = (line.stream === 1 ? stderrBit : 0) | (line.isTruncated ? truncatedBit : 0);
    this.levelOf[at] = 0;
    this.next++;
    while (this.blocks.heldBytes > this.limits.maxBytes && this.size > 1) this.dropOldest();
  }

  appendBoundary(boundary: LogBoundary): void {
    const at = this.slot();
    this.seconds[at] = Math.floor(boundary.atMs / 1000);
    this.nanos[at] = (boundary.atMs - Math.floor(boundary.atMs / 1000) * 1000) * 1e6;
    this.position[at] = this.blocks.append(new Uint8Array(0), 0, 0);
    this.length[at] = 0;
    this.flags[at] = boundaryBit;
    this.levelOf[at] = 0;
    this.boundaries.set(this.next, boundary);
    this.next++;
  }

  has(seq: number): boolean {
    return seq >= this.oldest && seq < this.next;
  }

  boundary(seq: number): LogBoundary | undefined {
    return this.boundaries.get(seq);
  }

  isBoundary(seq: number): boolean {
    return ((this.flags[seq % this.capacity] ?? 0) & boundaryBit) !== 0;
  }

  /** Index into `streams`. */
  stream(seq: number): number {
    return (this.flags[seq % this.capacity] ?? 0) & stderrBit;
  }

  isTruncated(seq: number): boolean {
    return ((this.flags[seq % this.capacity] ?? 0) & truncatedBit) !== 0;
  }

  timeMs(seq: number): number {
    const at = seq % this.capacity;
    return (this.seconds[at] ?? 0) * 1000 + (this.nanos[at] ?? 0) / 1e6;
  }

  timeNs(seq: number): bigint {
    const at = seq % this.capacity;
    return toTimeNs(this.seconds[at] ?? 0, Math.floor(this.nanos[at] ?? 0));
  }

  /** Negative when the row is older than the other store's row. */
  compareTime(seq: number, other: LogStore, otherSeq: number): number {
    const a = seq % this.capacity;
    const b = otherSeq % other.capacity;
    return (this.seconds[a] ?? 0) - (other.seconds[b] ?? 0) || (this.nanos[a] ?? 0) - (other.nanos[b] ?? 0);
  }

  /** Whether a line of that stream with exactly that time is held. Looks at all of them. */
  hasLineAt(line: Pick<RawLine, 'stream' | 'seconds' | 'nanos'>): boolean {
    for (let seq = this.next - 1; seq >= this.oldest; seq--) {
      const at = seq % this.capacity;
      if (this.nanos[at] !== line.nanos || this.seconds[at] !== line.seconds) continue;
      if (this.stream(seq) === line.stream && !this.isBoundary(seq)) return true;
    }
    return false;
  }

  byteLength(seq: number): number {
    return this.length[seq % this.capacity] ?? 0;
  }

  text(seq: number, maxBytes = Number.POSITIVE_INFINITY): string {
    const at = seq % this.capacity;
    return this.blocks.text(this.position[at] ?? 0, Math.min(maxBytes, this.length[at] ?? 0));
  }

  /** As `text`, cheaper when many are read in order; call `forgetTexts` afterwards. */
  sequentialText(seq: number): string {
    const at = seq % this.capacity;
    return this.blocks.sequentialText(this.position[at] ?? 0, this.length[at] ?? 0);
  }

  forgetTexts(): void {
    this.blocks.forgetTexts();
  }

  /** Undefined until `setLevel`: levels are found when somebody looks. */
  level(seq: number): LogLevel | undefined {
    const known = this.levelOf[seq % this.capacity] ?? 0;
    return known === 0 ? undefined : levels[known - 1];
  }

  setLevel(seq: number, level: LogLevel): void {
    this.levelOf[seq % this.capacity] = levels.indexOf(level) + 1;
  }

  /** The line belongs to the event of a line before it; see `LineFacts`. */
  isContinuation(seq: number): boolean {
    return ((this.flags[seq % this.capacity] ?? 0) & continuationBit) !== 0;
  }

  setContinuation(seq: number): void {
    this.flags[seq % this.capacity] = (this.flags[seq % this.capacity] ?? 0) | continuationBit;
  }

  /** The row must not be shown; see `SecretRows`. */
  isSecret(seq: number): boolean {
    return ((this.flags[seq % this.capacity] ?? 0) & secretBit) !== 0;
  }

  setSecret(seq: number): void {
    this.flags[seq % this.capacity] = (this.flags[seq % this.capacity] ?? 0) | secretBit;
  }

  line(seq: number): LogLine {
    return {
      sourceId: this.sourceId,
      stream: streams[this.stream(seq)] ?? 'stdout',
      timeNs: this.timeNs(seq),
      text: this.text(seq),
      isTruncated: this.isTruncated(seq),
    };
  }

  private slot(): number {
    if (this.size >= this.limits.maxLines) this.dropOldest();
    else if (this.size === this.capacity) this.grow();
    return this.next % this.capacity;
  }

  private dropOldest(): void {
    this.onDrop?.(this.oldest);
    if (this.isBoundary(this.oldest)) this.boundaries.delete(this.oldest);
    this.oldest++;
    const at = this.oldest % this.capacity;
    if (this.oldest < this.next) this.blocks.dropBefore(this.position[at] ?? 0);
  }

  private grow(): void {
    const capacity = Math.min(this.capacity * 2, this.limits.maxLines);
    this.seconds = this.moved(this.seconds, new Float64Array(capacity));
    this.nanos = this.moved(this.nanos, new Uint32Array(capacity));
    this.position = this.moved(this.position, new Float64Array(capacity));
    this.length = this.moved(this.length, new Uint32Array(capacity));
    this.flags = this.moved(this.flags, new Uint8Array(capacity));
    this.levelOf = this.moved(this.levelOf, new Uint8Array(capacity));
    this.capacity = capacity;
  }

  private moved<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
    for (let seq = this.oldest; seq < this.next; seq++) to[seq % to.length] = from[seq % from.length] ?? 0;
    return to;
  }
}
