import type { Clock } from '../../base/clock.ts';
import { recheckMs, wantsRecheck } from '../../domain/health/schedule.ts';
import type { ProbeRecord } from './probeBook.ts';

const maxOpen = 50;

/** Who is looked at more often. When everything fails at once, doing that for all would only add to the trouble. */
export class Rechecks {
  private readonly clock: Clock;
  private readonly open = new Set<string>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** How soon to look again, ms; undefined when the next slot is soon enough. */
  next({ target, state }: ProbeRecord): number | undefined {
    if (!wantsRecheck(state, this.clock.nowMs())) {
      this.open.delete(target.id);
      return undefined;
    }
    if (this.open.size < maxOpen) this.open.add(target.id);
    return this.open.has(target.id) ? recheckMs(target.intervalMs) : undefined;
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.open) if (!ids.has(id)) this.open.delete(id);
  }
}
