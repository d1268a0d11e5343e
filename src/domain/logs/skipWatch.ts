import { FileEnds } from './fileEnds.ts';
import type { RawLine } from './model.ts';
import { timeMsOf } from './model.ts';
import { WriterPace } from './writerPace.ts';

/** What the engine writes around each line: names, quotes and a timestamp. */
const wrapBytes = 75;
/** Of a file's worth of lines: a shorter leap could as well be a pause of the writer. */
const leastShare = 0.25;
const leastFloodShare = 0.05;
/** The same at the writer's fastest pace, which its pauses do not blur. */
const leastPeakShare = 0.1;
/** Where a file is about to end anyway, the little that is not read of it leaves so little a trace. */
const leastEndShare = 0.01;
const leastFileShare = 0.5;
const leastMs = 0.5;
/** The engine's own reading stalls up to about so long: files that fill faster may be gone before it looks again. */
const stallMs = 250;

/**
 * Finds where a follower leapt over lines because the log was rotated away before it was read. The engine does not
 * say so; what shows it is that the times of the lines leap over a stretch in which the writer, at its pace, would have
 * filled a good part of a file, while the reader did not wait, or files fill faster than the engine looks. That is a
 * suspicion, not a finding: a writer that was held up for a moment looks the same. What is leapt over in a flood may also
 * be the last few lines of a file, which leave no trace in the times: there the end of each file is suspicious. One per
 * container, for both streams: they share the files.
 */
export class SkipWatch {
  private readonly fileBytes: number;
  private readonly openedMs: number;
  private readonly ends: FileEnds;
  private readonly pace: WriterPace;
  private arrivalMs: number;
  private lastMs = Number.NEGATIVE_INFINITY;
  private lastArrivalMs = 0;

  /**
   * @param fileBytes at which the engine rotates
   * @param openedMs what was written before is read from files that are already open, and cannot be leapt over
   */
  constructor(fileBytes: number, openedMs: number) {
    this.fileBytes = fileBytes;
    this.openedMs = openedMs;
    this.ends = new FileEnds(fileBytes);
    this.pace = new WriterPace(fileBytes);
    this.arrivalMs = openedMs;
  }

  /** Call with each chunk that comes, before its lines. */
  setArrival(nowMs: number): void {
    this.arrivalMs = nowMs;
  }

  /** Whether lines between this one and the one before it may be lost. */
  isSkip(line: Readonly<RawLine>): boolean {
    if (!(this.lastMs >= this.openedMs)) return false;
    const leapMs = timeMsOf(line) - this.lastMs;
    if (this.pace.average() * stallMs > this.fileBytes) return this.isFloodSkip(leapMs);
    const waitedMs = this.arrivalMs - this.lastArrivalMs;
    return leapMs >= leastMs && leapMs >= 2 * waitedMs && this.shareOf(leapMs) >= leastShare;
  }

  /** The next line is suspicious for where it stands, not for its time. */
  get isAtEnd(): boolean {
    return this.ends.isPast;
  }

  /** Whether so much text in so many lines is a good part of a file. */
  isMuch(textBytes: number, lines: number): boolean {
    return textBytes + lines * wrapBytes >= leastFileShare * this.fileBytes;
  }

  /** The same of lines that are read from files that lie there: of them, half a file or more may be missing. */
  isLongSkip(line: Readonly<RawLine>): boolean {
    return this.shareOf(timeMsOf(line) - this.lastMs) >= leastFileShare;
  }

  /** Call with each line that is new; `isAfterLoss` when lines before it are, or may be, missing. */
  note(line: Readonly<RawLine>, isAfterLoss: boolean): void {
    const timeMs = timeMsOf(line);
    this.lastArrivalMs = this.arrivalMs;
    if (timeMs >= this.openedMs) this.ends.note(line, isAfterLoss);
    if (isAfterLoss) this.pace.startAnew(timeMs);
    // Times of the two streams overlap by milliseconds: an older one is no leap backwards.
    this.lastMs = Math.max(this.lastMs, timeMs);
    this.pace.note(line.end - line.start + wrapBytes, timeMs);
  }

  private isFloodSkip(leapMs: number): boolean {
    if (this.ends.isPast || (leapMs >= leastMs && this.shareOf(leapMs) >= leastFloodShare)) return true;
    const share = (leapMs * this.pace.fastest()) / this.fileBytes;
    return share >= (this.ends.isNear() ? leastEndShare : leastPeakShare);
  }

  /** What the writer would have written meanwhile, as a share of a file. */
  private shareOf(leapMs: number): number {
    return (leapMs * this.pace.average()) / this.fileBytes;
  }
}
