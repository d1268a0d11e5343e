import type { RawLine } from './model.ts';
import { timeMsOf } from './model.ts';

/** What the engine writes around each line: names, quotes and a timestamp. */
const wrapBytes = 75;
/** Of a file's worth of lines: a shorter leap could as well be a pause of the writer. */
const leastShare = 0.25;
const leastFloodShare = 0.05;
const leastFileShare = 0.5;
const leastMs = 0.5;
/** The engine's own reading stalls up to about so long: files that fill faster may be gone before it looks again. */
const stallMs = 250;

/**
 * Finds where a follower leapt over lines because the log was rotated away before it was read. The engine does not
 * say so; what shows it is that the times of the lines leap over a stretch in which the writer, at its pace, would have
 * filled a good part of a file, while the reader did not wait, or files fill faster than the engine looks. That is a
 * suspicion, not a finding: a writer that was held up for a moment looks the same. One per container, for both
 * streams: they share the files.
 */
export class SkipWatch {
  private readonly fileBytes: number;
  private readonly openedMs: number;
  private arrivalMs: number;
  private lastMs = Number.NEGATIVE_INFINITY;
  private lastArrivalMs = 0;
  /** Two stretches of half a file each; the older one gives way, so that a change of pace is noticed. */
  private olderMs = Number.NaN;
  private olderBytes = 0;
  private newerMs = Number.NaN;
  private newerBytes = 0;
  private bytesPerMs = Number.NaN;

  /**
   * @param fileBytes at which the engine rotates
   * @param openedMs what was written before is read from files that are already open, and cannot be leapt over
   */
  constructor(fileBytes: number, openedMs: number) {
    this.fileBytes = fileBytes;
    this.openedMs = openedMs;
    this.arrivalMs = openedMs;
  }

  /** Call with each chunk that comes, before its lines. */
  setArrival(nowMs: number): void {
    this.arrivalMs = nowMs;
  }

  /** Whether lines between this one and the one before it may be lost. */
  isSkip(line: Readonly<RawLine>): boolean {
    const leapMs = timeMsOf(line) - this.lastMs;
    if (!(leapMs >= leastMs && this.lastMs >= this.openedMs)) return false;
    return this.mayHideLines(leapMs, this.arrivalMs - this.lastArrivalMs);
  }

  /** The same of lines that are read from files that lie there: of them, half a file or more may be missing. */
  isLongSkip(line: Readonly<RawLine>): boolean {
    return ((timeMsOf(line) - this.lastMs) * this.pace()) / this.fileBytes >= leastFileShare;
  }

  /** Call with each line that is new; `isAfterLoss` when lines before it are, or may be, missing. */
  note(line: Readonly<RawLine>, isAfterLoss: boolean): void {
    const timeMs = timeMsOf(line);
    this.lastArrivalMs = this.arrivalMs;
    if (isAfterLoss) this.startStretch(timeMs);
    // Times of the two streams overlap by milliseconds: an older one is no leap backwards.
    this.lastMs = Math.max(this.lastMs, timeMs);
    this.count(line.end - line.start + wrapBytes, timeMs);
  }

  private mayHideLines(leapMs: number, waitedMs: number): boolean {
    const share = (leapMs * this.pace()) / this.fileBytes;
    const isFlood = this.pace() * stallMs > this.fileBytes;
    return isFlood ? share >= leastFloodShare : leapMs >= 2 * waitedMs && share >= leastShare;
  }

  private count(bytes: number, timeMs: number): void {
    if (Number.isNaN(this.newerMs)) this.newerMs = timeMs;
    this.newerBytes += bytes;
    if (this.newerBytes < this.fileBytes / 2) return;
    this.bytesPerMs = this.pace();
    this.olderMs = this.newerMs;
    this.olderBytes = this.newerBytes;
    this.newerMs = timeMs;
    this.newerBytes = 0;
  }

  /** NaN, of which nothing follows, until half a file was seen: shorter, a burst would pass for the pace. */
  private pace(): number {
    const sinceMs = Number.isNaN(this.olderMs) ? this.newerMs : this.olderMs;
    const bytes = this.newerBytes + this.olderBytes;
    return bytes < this.fileBytes / 2 ? this.bytesPerMs : bytes / Math.max(0.001, this.lastMs - sinceMs);
  }

  /** The pace from before the leap stands until there is a new one: the leap itself says nothing about it. */
  private startStretch(timeMs: number): void {
    this.bytesPerMs = this.pace();
    this.olderMs = Number.NaN;
    this.olderBytes = 0;
    this.newerMs = timeMs;
    this.newerBytes = 0;
  }
}
