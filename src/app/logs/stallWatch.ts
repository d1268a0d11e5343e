import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { ResumeFilter } from '../../domain/logs/resume.ts';
import type { ContainerDetail, LogEngine } from '../../ports.ts';
import { readOnce } from './readOnce.ts';

/** A stall begins in a flood, so it is looked for soon after one; of a container that stays silent less and less. */
const firstSilenceMs = 3000;
const longestSilenceMs = 60_000;
/** A line that was just written may be on its way. */
const graceMs = 1000;

export interface StallOptions {
  readonly clock: Clock;
  readonly engine: LogEngine;
  readonly container: ContainerDetail;
  readonly resume: ResumeFilter;
  readonly onStall: () => void;
}

/**
 * An engine that rotates a flooding log may miss its own rotation and then follow a file that nobody writes to any
 * more: the stream stays open and silent for good. When it is silent, this asks for the last line by another request,
 * and tells when that one is newer than what the stream brought.
 */
export class StallWatch implements Disposable {
  private readonly options: StallOptions;
  private readonly life = new AbortController();
  private chunks = 0;

  constructor(options: StallOptions) {
    this.options = options;
    void this.live();
  }

  /** The stream brought something. */
  heard(): void {
    this.chunks++;
  }

  dispose(): void {
    this.life.abort();
  }

  private async live(): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.life;
    let silenceMs = firstSilenceMs;
    while (!signal.aborted) {
      const before = this.chunks;
      await sleep(clock, silenceMs, signal);
      silenceMs = this.chunks === before ? Math.min(silenceMs * 2, longestSilenceMs) : firstSilenceMs;
      if (signal.aborted || this.chunks !== before || !(await this.isBehind())) continue;
      await sleep(clock, graceMs, signal);
      if (signal.aborted || this.chunks !== before) continue;
      this.options.onStall();
      return;
    }
  }

  private async isBehind(): Promise<boolean> {
    const { engine, container, resume } = this.options;
    let isBehind = false;
    try {
      const once = { range: { tail: 1 }, isToTheEnd: false, signal: this.life.signal };
      await readOnce(engine, container, once, line => {
        isBehind ||= resume.isNewer(line.stream, line.seconds, line.nanos);
      });
    } catch {
      // An engine that cannot answer is the business of the stream itself.
      return false;
    }
    return isBehind;
  }
}
