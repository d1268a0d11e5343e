import type { Clock } from '../../base/clock.ts';
import type { HybridTime, JournalEvent } from './events.ts';

/** A writer whose clock is further ahead than this may not drag everybody else's along. */
const maxAheadMs = 10 * 60_000;

/** Hybrid logical clock: never runs backwards, and is always behind what it has seen of others. */
export class HybridClock {
  private readonly clock: Pick<Clock, 'nowMs'>;
  private lastMs = 0;
  private counter = 0;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.clock = clock;
  }

  tick(): HybridTime {
    const nowMs = Math.floor(this.clock.nowMs());
    if (nowMs > this.lastMs) {
      this.lastMs = nowMs;
      this.counter = 0;
    } else this.counter++;
    return [this.lastMs, this.counter];
  }

  /** Takes note of another writer's time; false when it is too far ahead to be followed. */
  receive([ms, counter]: HybridTime): boolean {
    if (ms > this.clock.nowMs() + maxAheadMs) return false;
    if (ms > this.lastMs) {
      this.lastMs = ms;
      this.counter = counter;
    } else if (ms === this.lastMs) this.counter = Math.max(this.counter, counter);
    return true;
  }
}

/** Causal order; ties between writers are broken the same way everywhere. */
export function compareCausally(a: JournalEvent, b: JournalEvent): number {
  return a.h[0] - b.h[0] || a.h[1] - b.h[1] || (a.w < b.w ? -1 : a.w > b.w ? 1 : a.s - b.s);
}
