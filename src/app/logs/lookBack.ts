import type { RawLine } from '../../domain/logs/model.ts';
import { timeMsOf } from '../../domain/logs/model.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import { HeldProof } from './heldProof.ts';
import type { Leap, LineGate } from './lineGate.ts';

/** Reads what the engine still holds from that time on; rejects when it cannot, or not in time. */
export type Reread = (fromSeconds: number, onLine: (line: Readonly<RawLine>) => void) => Promise<void>;

/** A stream that goes on meanwhile may bring so much; then the question is left open. */
const maxSetAsideBytes = 16 * 1024 * 1024;
const perLineBytes = 100;

interface SetAside {
  readonly line: RawLine;
  readonly arrivalMs: number;
}

/**
 * When the times of a rotated log leap, asks the engine what stands there, instead of guessing: what it still has is
 * taken over, what it has not is lost for certain, and only what it cannot answer is left as a possibility. The
 * stream's lines wait meanwhile.
 */
export class LookBack {
  private readonly gate: LineGate;
  private readonly resume: ResumeFilter;
  private readonly reread: Reread;
  private waiting: SetAside[] = [];
  private waitingBytes = 0;
  private next = 0;
  private looking: Promise<void> | undefined;

  constructor(gate: LineGate, resume: ResumeFilter, reread: Reread) {
    this.gate = gate;
    this.resume = resume;
    this.reread = reread;
  }

  /** Takes the next line of the stream. */
  take(line: Readonly<RawLine>, arrivalMs: number): void {
    const { gate } = this;
    if (this.looking !== undefined) {
      this.setAside(line, arrivalMs);
      return;
    }
    gate.skips?.setArrival(arrivalMs);
    const leap = gate.leapBefore(line);
    if (leap === 'none') {
      gate.admit(line, leap);
      return;
    }
    this.setAside(line, arrivalMs);
    this.looking = this.look().finally(() => {
      this.looking = undefined;
      this.waiting = [];
      this.waitingBytes = 0;
      this.next = 0;
    });
  }

  /** Resolves when no line waits. */
  async settled(): Promise<void> {
    await this.looking;
  }

  private setAside(line: Readonly<RawLine>, arrivalMs: number): void {
    // Not `slice`: that of a Buffer copies nothing.
    const bytes = new Uint8Array(line.bytes.subarray(line.start, line.end));
    this.waiting.push({ line: { ...line, bytes, start: 0, end: bytes.length }, arrivalMs });
    this.waitingBytes += bytes.length + perLineBytes;
  }

  private async look(): Promise<void> {
    const { gate } = this;
    let isAnswered = true;
    for (let item = this.waiting[this.next]; item !== undefined; item = this.waiting[this.next]) {
      gate.skips?.setArrival(item.arrivalMs);
      let leap: Leap | undefined = gate.leapBefore(item.line);
      if (leap !== 'none' && isAnswered && this.waitingBytes <= maxSetAsideBytes) {
        try {
          leap = await this.fill(item.line, leap);
        } catch {
          isAnswered = false;
        }
      }
      if (leap === undefined) continue;
      this.next++;
      gate.admit(item.line, leap);
    }
  }

  /** Takes over what the engine has; gives what is then known to be missing, or undefined when all has changed. */
  private async fill(line: Readonly<RawLine>, leap: Leap): Promise<Leap | undefined> {
    const { gate, resume } = this;
    const fromSeconds = resume.resumeFrom() ?? 0;
    const heldMs = resume.newestMs();
    const proof = new HeldProof(gate.store, gate.skips);
    const moved = new Set<number>();
    let found: Leap | undefined;
    await this.reread(fromSeconds, known => {
      let before: Leap = 'none';
      if (found === undefined) {
        // From before what is held: nothing can be missing between the two.
        found = timeMsOf(known) <= heldMs ? 'none' : this.passOlder(known, leap, line);
        before = found;
      } else if (this.isHoled(known, heldMs)) before = 'possible';
      if (!resume.isNewer(known.stream, known.seconds, known.nanos)) {
        if (moved.size === 0) proof.add(known);
      } else {
        if (moved.size === 0 && before === 'none') before = proof.verdict();
        moved.add(known.stream);
      }
      gate.admit(known, before);
    });
    for (const stream of moved) resume.expectReplay(stream);
    if (moved.size > 0) return undefined;
    return found === 'none' ? proof.verdict() : (found ?? leap);
  }

  /** What is missing before the oldest line that the engine has. Waiting lines that it let go of come first. */
  private passOlder(oldest: Readonly<RawLine>, leap: Leap, cause: Readonly<RawLine>): Leap {
    const { gate, resume } = this;
    resume.forgetReplay();
    if (timeMsOf(cause) > timeMsOf(oldest)) return 'certain';
    if (timeMsOf(cause) === timeMsOf(oldest)) return leap;
    for (let item = this.waiting[this.next]; item !== undefined; item = this.waiting[this.next]) {
      if (timeMsOf(item.line) >= timeMsOf(oldest)) break;
      this.next++;
      gate.skips?.setArrival(item.arrivalMs);
      gate.admit(item.line, item.line === cause ? leap : gate.leapBefore(item.line));
    }
    return gate.leapBefore(oldest);
  }

  /**
   * An answer, too, has a hole where the engine rotated between opening one file and the next. A leap that the stream
   * made as well, from the same line to the same line, is none.
   */
  private isHoled(known: Readonly<RawLine>, heldMs: number): boolean {
    const { stream, seconds, nanos } = known;
    if (!this.resume.isNewer(stream, seconds, nanos) || this.gate.skips?.isLongSkip(known) !== true)
      return false;
    const knownMs = timeMsOf(known);
    const at = this.waiting.findIndex(({ line }, i) => i >= this.next && timeMsOf(line) === knownMs);
    const before = this.waiting[at - 1]?.line;
    const beforeMs = at === this.next || before === undefined ? heldMs : timeMsOf(before);
    return at < 0 || beforeMs !== this.resume.newestMs();
  }
}
