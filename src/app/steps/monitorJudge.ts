import { type Clock, sleep } from '../../base/clock.ts';
import type { HealthState } from '../../domain/health/model.ts';
import type { HealthJudge } from './runbookRuns.ts';
import type { HealthSnapshot } from './stepRun.ts';

/** As much of the health monitor as judging a step takes. */
export interface JudgingMonitor {
  service(id: string): { readonly state: HealthState } | undefined;
  probeNow(id: string): Promise<unknown>;
}

const recheckEveryMs = 1000;

/** Health as it is, and health waited for: probes are run at once instead of on their schedule. */
export class MonitorJudge implements HealthJudge {
  private readonly monitor: JudgingMonitor;
  private readonly clock: Clock;

  constructor(monitor: JudgingMonitor, clock: Clock) {
    this.monitor = monitor;
    this.clock = clock;
  }

  snapshot(services: readonly string[]): HealthSnapshot {
    const states = services.map(id => [id, this.stateOf(id)] as const);
    return { atMs: this.clock.nowMs(), services: Object.fromEntries(states) };
  }

  /**
   * Services of which nothing is known, neither before nor after a check, are not waited for: without a check that
   * can say something they never come up.
   */
  async untilUp(
    services: readonly string[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<HealthSnapshot> {
    const endMs = this.clock.monotonicMs() + timeoutMs;
    const judged = new Set<string>();
    const isAwaited = (id: string) => judged.has(id) && !isUp(this.stateOf(id));
    const note = () => {
      for (const id of services) if (this.stateOf(id) !== 'unknown') judged.add(id);
    };
    note();
    for (;;) {
      await Promise.all(services.map(id => this.monitor.probeNow(id)));
      note();
      const leftMs = endMs - this.clock.monotonicMs();
      if (leftMs <= 0 || signal.aborted || !services.some(isAwaited)) break;
      await sleep(this.clock, Math.min(recheckEveryMs, leftMs), signal);
    }
    return this.snapshot(services);
  }

  private stateOf(id: string): HealthState {
    return this.monitor.service(id)?.state ?? 'unknown';
  }
}

function isUp(state: HealthState): boolean {
  return state === 'up' || state === 'degraded';
}
