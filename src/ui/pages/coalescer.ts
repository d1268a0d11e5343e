import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';

/** What is dear runs more seldom: at most this share of the time is spent in the action. */
const mostShare = 0.1;

/** Runs `action` at once when it has been quiet, else once at the end of the interval, however often it is asked. */
export class Coalescer implements Disposable {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private readonly action: () => void;
  private timer: Disposable | undefined;
  private nextMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, intervalMs: number, action: () => void) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.action = action;
  }

  request(): void {
    if (this.timer) return;
    const waitMs = this.nextMs - this.clock.monotonicMs();
    if (waitMs <= 0) this.run();
    else this.timer = this.clock.after(waitMs, () => this.run());
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }

  private run(): void {
    this.timer = undefined;
    const startMs = this.clock.monotonicMs();
    this.nextMs = startMs + this.intervalMs;
    this.action();
    const tookMs = this.clock.monotonicMs() - startMs;
    this.nextMs = startMs + Math.max(this.intervalMs, tookMs / mostShare);
  }
}
