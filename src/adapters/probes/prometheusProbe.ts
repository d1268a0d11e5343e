import type { Clock } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import { judgeCondition } from '../../domain/health/condition.ts';
import { parseCondition } from '../../domain/health/conditionParser.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import { parseQueryAnswer, type QuerySample } from '../../domain/health/prometheusAnswer.ts';
import type { Probe } from '../../ports.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { fetchText } from './fetchText.ts';

/** An instant query; the condition, about `value`, must hold for every series. No data is no verdict. */
export class PrometheusProbe implements Probe {
  readonly kind = 'prometheus';
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'prometheus')
      return attempt.outcome({ verdict: 'unknown', seen: 'not a Prometheus check' });
    const url = `${spec.url.replace(/\/+$/, '')}/api/v1/query?${new URLSearchParams({ query: spec.query })}`;
    try {
      return await untilAbort(
        signal,
        () => attempt.timedOut(),
        async () => {
          const answer = parseQueryAnswer((await fetchText(url, signal)).text);
          if (!answer.ok) return attempt.outcome({ verdict: 'unknown', seen: answer.error });
          return judge(answer.value, spec.condition, attempt);
        },
      );
    } catch (error) {
      return attempt.failed(error);
    }
  }
}

function judge(
  samples: readonly QuerySample[],
  condition: string | undefined,
  attempt: Attempt,
): ProbeOutcome {
  const facts = Object.fromEntries(samples.slice(0, 20).map(({ name, value }) => [name, String(value)]));
  const [first] = samples;
  if (first === undefined) return attempt.outcome({ verdict: 'unknown', seen: 'the query gave no data' });
  if (condition === undefined) return attempt.outcome({ verdict: 'up', seen: `value ${first.value}` }, facts);
  const parsed = parseCondition(condition);
  if (!parsed.ok)
    return attempt.outcome({ verdict: 'unknown', seen: `condition "${condition}": ${parsed.error.message}` });
  for (const { name, value } of samples) {
    const scope = (root: string) =>
      root === 'value' ? ok(value) : ({ ok: false, error: `${root} is absent` } as const);
    const { result, seen } = judgeCondition(parsed.value, scope);
    const what = samples.length > 1 ? `${seen} for ${name}` : seen;
    if (result === 'false') return attempt.outcome({ verdict: 'down', seen: what, wanted: condition }, facts);
    if (result === 'error')
      return attempt.outcome(
        { verdict: 'unknown', seen: `cannot be judged: ${what}`, wanted: condition },
        facts,
      );
  }
  return attempt.outcome({ verdict: 'up', seen: `value is ${first.value}` }, facts);
}
