import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import { parseMetrics, sumOfSeries } from '../../domain/health/prometheusText.ts';
import type { Probe } from '../../ports.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { fetchText } from './fetchText.ts';

interface Before {
  readonly atMs: number;
  readonly values: ReadonlyMap<string, number>;
}

/** Named series of a metrics endpoint as value and, from the second check on, rate per second. */
export class MetricsProbe implements Probe {
  readonly kind = 'metrics';
  private readonly clock: Clock;
  private readonly before = new Map<string, Before>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'metrics') return attempt.outcome({ verdict: 'unknown', seen: 'not a metrics check' });
    try {
      return await untilAbort(
        signal,
        () => attempt.timedOut(),
        async () => {
          const { status, text } = await fetchText(spec.url, signal);
          if (status !== 200)
            return attempt.outcome({ verdict: 'down', seen: `status ${status}`, wanted: '200' });
          return this.judge(text, spec.series, attempt);
        },
      );
    } catch (error) {
      return attempt.failed(error);
    }
  }

  private judge(text: string, series: readonly string[], attempt: Attempt): ProbeOutcome {
    const parsed = parseMetrics(text);
    if (!parsed.ok) return attempt.outcome({ verdict: 'down', seen: parsed.error, wanted: 'metrics' });
    const values = new Map<string, number>();
    for (const name of series) {
      const value = sumOfSeries(parsed.value, name);
      if (value !== undefined) values.set(name, value);
    }
    const facts = this.facts(attempt.target.id, values);
    const absent = series.filter(name => !values.has(name));
    if (absent.length > 0)
      return attempt.outcome({ verdict: 'degraded', seen: `no series ${absent.join(', ')}` }, facts);
    const [first] = Object.entries(facts);
    const seen = first === undefined ? `${parsed.value.length} samples` : `${first[0]} ${first[1]}`;
    return attempt.outcome({ verdict: 'up', seen }, facts);
  }

  /** A counter that fell was reset: no rate then. */
  private facts(id: string, values: ReadonlyMap<string, number>): Record<string, string> {
    const nowMs = this.clock.monotonicMs();
    const before = this.before.get(id);
    this.before.set(id, { atMs: nowMs, values });
    return Object.fromEntries(
      [...values].map(([name, value]) => {
        const old = before?.values.get(name);
        const perSecond =
          before === undefined || old === undefined
            ? undefined
            : (value - old) / ((nowMs - before.atMs) / 1000);
        const rate = perSecond === undefined || perSecond < 0 ? '' : ` (${round(perSecond)}/s)`;
        return [name, `${round(value)}${rate}`];
      }),
    );
  }
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
