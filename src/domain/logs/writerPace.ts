/** Short stretches, of which the fastest counts, are this share of a file. */
const shortShare = 0.05;
/** With each short stretch the fastest one counts less: half as much after a file and a bit. */
const fading = 0.97;
const leastMs = 0.001;

/** How fast a log is written, by the times of its lines: bytes per ms, NaN until half a file was seen. */
export class WriterPace {
  private readonly fileBytes: number;
  private lastMs = Number.NEGATIVE_INFINITY;
  /** Two stretches of half a file each; the older one gives way, so that a change of pace is noticed. */
  private olderMs = Number.NaN;
  private olderBytes = 0;
  private newerMs = Number.NaN;
  private newerBytes = 0;
  private known = Number.NaN;
  private shortMs = Number.NaN;
  private shortBytes = 0;
  private peak = 0;

  constructor(fileBytes: number) {
    this.fileBytes = fileBytes;
  }

  /** Over half a file or more: shorter, a burst would pass for the pace. */
  average(): number {
    const sinceMs = Number.isNaN(this.olderMs) ? this.newerMs : this.olderMs;
    const bytes = this.newerBytes + this.olderBytes;
    return bytes < this.fileBytes / 2 ? this.known : bytes / Math.max(leastMs, this.lastMs - sinceMs);
  }

  /** Of the last files, the fastest short stretch. */
  fastest(): number {
    return Math.max(this.average(), this.peak);
  }

  note(bytes: number, timeMs: number): void {
    this.lastMs = Math.max(this.lastMs, timeMs);
    this.noteShort(bytes, timeMs);
    if (Number.isNaN(this.newerMs)) this.newerMs = timeMs;
    this.newerBytes += bytes;
    if (this.newerBytes < this.fileBytes / 2) return;
    this.known = this.average();
    this.olderMs = this.newerMs;
    this.olderBytes = this.newerBytes;
    this.newerMs = timeMs;
    this.newerBytes = 0;
  }

  /** The pace from before a leap stands until there is a new one: the leap itself says nothing about it. */
  startAnew(timeMs: number): void {
    this.known = this.average();
    this.olderMs = Number.NaN;
    this.olderBytes = 0;
    this.newerMs = timeMs;
    this.newerBytes = 0;
    this.shortMs = Number.NaN;
  }

  private noteShort(bytes: number, timeMs: number): void {
    if (Number.isNaN(this.shortMs)) {
      this.shortMs = timeMs;
      this.shortBytes = 0;
      return;
    }
    this.shortBytes += bytes;
    if (this.shortBytes < shortShare * this.fileBytes) return;
    const pace = this.shortBytes / Math.max(leastMs, timeMs - this.shortMs);
    this.peak = Math.max(pace, this.peak * fading);
    this.shortMs = timeMs;
    this.shortBytes = 0;
  }
}
