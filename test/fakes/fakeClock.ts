import type { Clock } from '../../src/base/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

/** Time that moves only when told to. Timers fire in order; promises get their turn between two timers. */
export class FakeClock implements Clock {
  private timers: Timer[] = [];
  private order = 0;
  private monotonic = 0;
  private wallOffsetMs: number;

  constructor(startMs = Date.parse('2026-11-21T10:00:00Z')) {
    this.wallOffsetMs = startMs;
  }

  nowMs(): number {
    return this.wallOffsetMs + this.monotonic;
  }

  monotonicMs(): number {
    return this.monotonic;
  }

  after(delayMs: number, action: () => void): { dispose(): void } {
    const timer = { atMs: this.monotonic + Math.max(0, delayMs), order: this.order++, action };
    this.timers.push(timer);
    return {
      dispose: () => {
        this.timers = this.timers.filter(other => other !== timer);
      },
    };
  }

  get pendingTimers(): number {
    return this.timers.length;
  }

  /** Moves both clocks on and fires what falls due. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.monotonic + byMs;
    await settle();
    for (let next = this.nextDue(untilMs); next !== undefined; next = this.nextDue(untilMs)) {
      const due = next;
      this.monotonic = Math.max(this.monotonic, due.atMs);
      this.timers = this.timers.filter(other => other !== due);
      due.action();
      await settle();
    }
    this.monotonic = untilMs;
  }

  /** The wall clock jumps (NTP, a user); timers do not notice. */
  jumpWall(byMs: number): void {
    this.wallOffsetMs += byMs;
  }

  private nextDue(untilMs: number): Timer | undefined {
    return this.timers
      .filter(timer => timer.atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
  await new Promise(resolve => setImmediate(resolve));
}
