import type { RawLine, RawLineSink } from './model.ts';
import { TimestampParser } from './timestamp.ts';

/** What a line may hold; the rest of a longer one is counted as read and not kept. */
export const maxLineBytes = 256 * 1024;
/** The engine cuts longer lines into pieces of this many bytes, each with the timestamp of the first. */
const pieceBytes = 16 * 1024;
const maxPrefixBytes = 40;
const newline = 10;

export interface LineFormat {
  /** `framed` and `raw` lines begin with a timestamp; `plain` ones (files) get the time of their arrival. */
  readonly kind: 'framed' | 'raw' | 'plain';
}

interface Carry {
  bytes: Uint8Array;
  length: number;
  /** Inside a line; `awaitsTime` while the next bytes are, or may be, its timestamp. */
  isOpen: boolean;
  awaitsTime: boolean;
  isTruncated: boolean;
  seconds: number;
  nanos: number;
  prefix: Uint8Array;
  prefixLength: number;
}

/**
 * Puts lines together, one carry per stream, because frames of the other stream stand between the pieces of a long
 * line. A line ends at a newline, at a timestamp other than its own, or at `finish`.
 */
export class LineAssembler {
  private readonly sink: RawLineSink;
  private readonly format: LineFormat;
  private readonly carries: readonly [Carry, Carry];
  private readonly timestamp = new TimestampParser();
  private readonly line: RawLine = {
    stream: 0,
    seconds: 0,
    nanos: 0,
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    isTruncated: false,
  };
  private newlineAt = -1;
  private newlineFrom = 0;
  private newlineIn: Uint8Array | undefined;

  constructor(format: LineFormat, sink: RawLineSink) {
    this.format = format;
    this.sink = sink;
    const hasTimes = format.kind !== 'plain';
    this.carries = [newCarry(hasTimes), newCarry(hasTimes)];
  }

  /** A `PayloadSink`. For raw streams and files: one stream, `isStart` false. */
  push(stream: number, bytes: Uint8Array, start: number, end: number, isStart: boolean): void {
    const carry = this.carries[stream === 1 ? 1 : 0];
    if (isStart) {
      if (!carry.isOpen && carry.prefixLength === 0 && this.pushWhole(stream, bytes, start, end)) return;
      if (carry.prefixLength > 0) this.acceptPrefix(stream, carry, false);
      carry.awaitsTime = this.format.kind === 'framed';
    }
    let at = start;
    while (at < end) {
      if (carry.awaitsTime) {
        at = this.takePrefix(stream, carry, bytes, at, end);
        continue;
      }
      const next = this.nextNewline(bytes, at);
      const stop = Math.min(end, next);
      append(carry, bytes, at, stop);
      at = stop;
      if (next < end) {
        this.complete(stream, carry);
        at++;
      }
    }
  }

  /** The time that lines of a `plain` source carry from here on. */
  setArrival(seconds: number, nanos: number): void {
    for (const carry of this.carries) {
      if (carry.isOpen) continue;
      carry.seconds = seconds;
      carry.nanos = nanos;
    }
  }

  /** The time of the oldest line that has begun and not ended: a resumed stream must start no later. */
  oldestOpenSeconds(): number | undefined {
    const open = this.carries.filter(carry => carry.isOpen).map(carry => carry.seconds);
    return open.length > 0 ? Math.min(...open) : undefined;
  }

  /** The source has ended: what stands without a newline is a line. (After a mere cut, drop the assembler instead.) */
  finish(): void {
    this.carries.forEach((carry, stream) => {
      if (carry.prefixLength > 0) this.acceptPrefix(stream, carry, false);
      if (carry.isOpen) this.complete(stream, carry);
    });
  }

  /** The usual case, without a copy: a frame that holds one whole line. */
  private pushWhole(stream: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.format.kind !== 'framed') return false;
    if (bytes[end - 1] !== newline || bytes[start + 30] !== 32) return false;
    if (this.nextNewline(bytes, start) !== end - 1) return false;
    if (!this.timestamp.parse(bytes, start, start + 30)) return false;
    const carry = this.carries[stream === 1 ? 1 : 0];
    carry.seconds = this.timestamp.seconds;
    carry.nanos = this.timestamp.nanos;
    this.emit(stream, carry, bytes, start + 31, end - 1);
    return true;
  }

  /** Position of the first newline at or after `at`, or infinity; searched once per chunk and newline. */
  private nextNewline(bytes: Uint8Array, at: number): number {
    if (this.newlineIn === bytes && this.newlineAt >= at && this.newlineFrom <= at) return this.newlineAt;
    const found = bytes.indexOf(newline, at);
    this.newlineIn = bytes;
    this.newlineFrom = at;
    this.newlineAt = found < 0 ? Number.POSITIVE_INFINITY : found;
    return this.newlineAt;
  }

  private takePrefix(stream: number, carry: Carry, bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) {
        this.acceptPrefix(stream, carry, false);
        return at;
      }
      carry.prefix[carry.prefixLength++] = byte;
      at++;
      if (byte === 32) {
        this.acceptPrefix(stream, carry, this.timestamp.parse(carry.prefix, 0, carry.prefixLength - 1));
        return at;
      }
      if (carry.prefixLength === maxPrefixBytes) {
        this.acceptPrefix(stream, carry, false);
        return at;
      }
    }
    return at;
  }

  private acceptPrefix(stream: number, carry: Carry, isTime: boolean): void {
    const length = carry.prefixLength;
    carry.prefixLength = 0;
    carry.awaitsTime = false;
    if (!isTime) {
      append(carry, carry.prefix, 0, length);
      return;
    }
    const { seconds, nanos } = this.timestamp;
    if (carry.isOpen && (carry.seconds !== seconds || carry.nanos !== nanos)) this.complete(stream, carry);
    carry.awaitsTime = false;
    carry.isOpen = true;
    carry.seconds = seconds;
    carry.nanos = nanos;
  }

  private complete(stream: number, carry: Carry): void {
    if (this.format.kind === 'raw')
      carry.length = withoutInnerTimes(carry.bytes, carry.length, this.timestamp);
    this.emit(stream, carry, carry.bytes, 0, carry.length);
    carry.length = 0;
    carry.isOpen = false;
    carry.isTruncated = false;
    carry.awaitsTime = this.format.kind !== 'plain';
    if (carry.bytes.length > 4 * pieceBytes) carry.bytes = new Uint8Array(1024);
  }

  private emit(stream: number, carry: Carry, bytes: Uint8Array, start: number, end: number): void {
    const line = this.line;
    line.stream = stream;
    line.seconds = carry.seconds;
    line.nanos = carry.nanos;
    line.bytes = bytes;
    line.start = start;
    line.end = end > start && bytes[end - 1] === 13 ? end - 1 : end;
    line.isTruncated = carry.isTruncated;
    if (line.end - start > maxLineBytes) {
      line.end = start + maxLineBytes;
      line.isTruncated = true;
    }
    this.sink(line);
  }
}

function newCarry(hasTimes: boolean): Carry {
  return {
    bytes: new Uint8Array(1024),
    length: 0,
    isOpen: false,
    awaitsTime: hasTimes,
    isTruncated: false,
    seconds: 0,
    nanos: 0,
    prefix: new Uint8Array(maxPrefixBytes),
    prefixLength: 0,
  };
}

function append(carry: Carry, bytes: Uint8Array, start: number, end: number): void {
  carry.isOpen = true;
  // One byte over the limit is kept, so that a line of exactly the limit and its CR is not called truncated.
  const room = maxLineBytes + 1 - carry.length;
  if (end - start > room) carry.isTruncated = true;
  const length = Math.min(end - start, room);
  if (length <= 0) return;
  if (carry.bytes.length < carry.length + length) {
    const larger = new Uint8Array(Math.max(carry.length + length, carry.bytes.length * 2));
    larger.set(carry.bytes.subarray(0, carry.length));
    carry.bytes = larger;
  }
  carry.bytes.set(bytes.subarray(start, start + length), carry.length);
  carry.length += length;
}

/** A terminal's stream has no frames: the timestamp of each further piece stands in the text of a long line. */
function withoutInnerTimes(bytes: Uint8Array, length: number, timestamp: TimestampParser): number {
  let kept = pieceBytes;
  let at = pieceBytes;
  if (length <= pieceBytes) return length;
  while (at < length) {
    const isTime = bytes[at + 30] === 32 && timestamp.parse(bytes, at, at + 30);
    const from = isTime ? at + 31 : at;
    const to = Math.min(length, from + pieceBytes);
    bytes.copyWithin(kept, from, to);
    kept += to - from;
    at = to;
  }
  return kept;
}
