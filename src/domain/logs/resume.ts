import type { LogCursor, StreamCursor } from './model.ts';
import { streams, toTimeNs } from './model.ts';

/** How far before the newest line a resumed stream starts: times of stdout and stderr overlap by milliseconds. */
const slackSeconds = 1;

interface Position {
  seconds: number;
  nanos: number;
  /** Lines seen with exactly this time. */
  count: number;
  /** Of those, how many a replay has yet to repeat. */
  toSkip: number;
  isReplaying: boolean;
  /** After the engine's clock went back: the newest time from before, until the times have passed it again. */
  ceiling: LineTime | undefined;
  /** Lines from before that, repeated by the present connection: the last of them. */
  repeated: LineTime | undefined;
}

interface LineTime {
  readonly seconds: number;
  readonly nanos: number;
}

/**
 * Passes every line once however often the engine repeats it: after a reconnection (which asks from a second before
 * the newest line) and when the engine's follower starts a rotated file again. One position per stream, because times
 * rise strictly within a stream and not across the two.
 */
export class ResumeFilter {
  private readonly positions: (Position | undefined)[] = [undefined, undefined];
  private askedFromSeconds = 0;

  /**
   * Set by `accept` when the line it refused is older than the last one, without a resumption that would explain it: a
   * rotated file that is read again, or a clock that went back. Who knows that it is the latter calls `stepBack`.
   */
  isSurprise = false;

  /**
   * Whether the line has the time of the one before it and is not a known repetition. The engine stamps every line of a
   * stream with a time of its own, but gives the last line of a rotated file once more: the same text is the same line.
   */
  isTie(stream: number, seconds: number, nanos: number): boolean {
    const last = this.positions[stream];
    return last !== undefined && last.nanos === nanos && last.seconds === seconds && last.toSkip === 0;
  }

  /** Whether it is newer than all that was accepted of its stream. */
  isNewer(stream: number, seconds: number, nanos: number): boolean {
    const last = this.positions[stream];
    return last === undefined || (seconds - last.seconds || nanos - last.nanos) > 0;
  }

  /** Whether a newer line would come after a hole: a replay has not brought the last line held. */
  isLeap(stream: number): boolean {
    const last = this.positions[stream];
    return last?.isReplaying === true && last.toSkip === last.count;
  }

  /** The newest time accepted, in ms since the epoch. */
  newestMs(): number {
    const times = this.positions.map(position => (position ? toMs(position) : Number.NEGATIVE_INFINITY));
    return Math.max(...times);
  }

  /** What was accepted of the stream from elsewhere will come again. */
  expectReplay(stream: number): void {
    const position = this.positions[stream];
    if (position !== undefined) replay(position);
  }

  /** The last lines held will not come again, and it is known. */
  forgetReplay(): void {
    for (const position of this.positions) if (position !== undefined) position.toSkip = 0;
  }

  /** Whether the line is new. */
  accept(stream: number, seconds: number, nanos: number): boolean {
    this.isSurprise = false;
    const last = this.positions[stream];
    if (last === undefined) {
      this.positions[stream] = newPosition({ seconds, nanos }, 1);
      return true;
    }
    if (last.repeated !== undefined && isFromBefore(last, { seconds, nanos })) return false;
    const order = seconds - last.seconds || nanos - last.nanos;
    if (order < 0) {
      this.isSurprise = !last.isReplaying;
      if (!last.isReplaying) replay(last);
      return false;
    }
    if (order === 0) {
      if (last.toSkip > 0) {
        last.toSkip--;
        return false;
      }
      last.count++;
      return true;
    }
    if (last.ceiling !== undefined && compare({ seconds, nanos }, last.ceiling) > 0) last.ceiling = undefined;
    last.isReplaying = false;
    last.toSkip = 0;
    last.seconds = seconds;
    last.nanos = nanos;
    last.count = 1;
    return true;
  }

  /**
   * The engine's clock went back to the time of this line, which is new; so will be the other stream's lines.
   * @param keepsAll the log is not rotated: a later resumption repeats lines from before, and they are refused.
   */
  stepBack(stream: number, time: LineTime, keepsAll: boolean): void {
    this.positions.forEach((before, index) => {
      if (before === undefined || compare(before, time) <= 0) return;
      const isSame = index === stream;
      const after = newPosition(
        { ...time, seconds: time.seconds - (isSame ? 0 : slackSeconds) },
        isSame ? 1 : 0,
      );
      if (keepsAll) after.ceiling = before.ceiling ?? { seconds: before.seconds, nanos: before.nanos };
      this.positions[index] = after;
    });
  }

  /**
   * Call before asking again; gives the time to ask from (seconds since the epoch), undefined for all.
   * @param oldestOpenSeconds time of a line that had begun when the stream was cut.
   */
  resumeFrom(oldestOpenSeconds?: number): number | undefined {
    const known = this.positions.filter(position => position !== undefined);
    if (known.length === 0) return undefined;
    const newest = Math.max(...known.map(position => position.seconds));
    const from = Math.min(newest, oldestOpenSeconds ?? newest) - slackSeconds;
    this.askedFromSeconds = from;
    for (const position of known) {
      position.toSkip = position.count;
      if (position.ceiling !== undefined) position.repeated = { seconds: from, nanos: 0 };
      // Of a stream that was silent for longer, the last line lies before what is asked for: that proves nothing.
      position.isReplaying = position.seconds >= this.askedFromSeconds;
    }
    return from;
  }

  cursor(): LogCursor {
    const at = (index: number): StreamCursor | undefined => {
      const position = this.positions[index];
      return position && { timeNs: toTimeNs(position.seconds, position.nanos), count: position.count };
    };
    const entries = streams.map((name, index) => [name, at(index)] as const);
    return Object.fromEntries(entries.filter(([, cursor]) => cursor !== undefined));
  }
}

function replay(position: Position): void {
  position.isReplaying = true;
  position.toSkip = position.count;
}

function newPosition(time: LineTime, count: number): Position {
  const none = { ceiling: undefined, repeated: undefined };
  return { seconds: time.seconds, nanos: time.nanos, count, toSkip: 0, isReplaying: false, ...none };
}

/** Lines from before the clock went back rise in time; with the first that falls they are over. */
function isFromBefore(position: Position, time: LineTime): boolean {
  const { repeated, ceiling } = position;
  const isBefore =
    repeated !== undefined &&
    ceiling !== undefined &&
    compare(time, repeated) >= 0 &&
    compare(time, ceiling) <= 0;
  position.repeated = isBefore ? { seconds: time.seconds, nanos: time.nanos } : undefined;
  return isBefore;
}

function compare(a: LineTime, b: LineTime): number {
  return a.seconds - b.seconds || a.nanos - b.nanos;
}

function toMs({ seconds, nanos }: LineTime): number {
  return seconds * 1000 + nanos / 1e6;
}
