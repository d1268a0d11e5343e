import type { Clock } from '../../base/clock.ts';
import { errorText } from '../../base/errors.ts';
import { judgeContainer } from '../../domain/health/containerVerdict.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { ContainerDetail, ContainerEngine, Probe } from '../../ports.ts';
import { EngineAbsentError } from '../docker/engineAbsent.ts';
import { Attempt, untilAbort } from './attempt.ts';

/** A container's own state and health check, as its engine tells them. */
export class ContainerProbe implements Probe {
  readonly kind = 'container';
  private readonly clock: Clock;
  private readonly engine: Pick<ContainerEngine, 'find'>;
  private readonly restarts = new Map<string, { readonly containerId: string; readonly count: number }>();

  constructor(clock: Clock, engine: Pick<ContainerEngine, 'find'>) {
    this.clock = clock;
    this.engine = engine;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'container')
      return attempt.outcome({ verdict: 'unknown', seen: 'not a container check' });
    try {
      const find = () => this.engine.find(spec.container, signal);
      const detail = await untilAbort<ContainerDetail | undefined | 'late'>(signal, () => 'late', find);
      // An engine that is slow says nothing about the container.
      if (detail === 'late')
        return attempt.outcome({ verdict: 'unknown', seen: 'the container engine did not answer in time' });
      const judged = judgeContainer(detail, this.restartsBefore(target.id, detail));
      return attempt.outcome(judged, detail === undefined ? {} : containerTexts(detail));
    } catch (error) {
      return attempt.outcome({ verdict: 'unknown', seen: engineProblem(error) });
    }
  }

  private restartsBefore(id: string, detail: ContainerDetail | undefined): number | undefined {
    const before = this.restarts.get(id);
    if (detail === undefined) return undefined;
    this.restarts.set(id, { containerId: detail.id, count: detail.restartCount });
    return before?.containerId === detail.id ? before.count : undefined;
  }
}

/** What was tried to find an engine is the engine row's matter, not every container's. */
function engineProblem(error: unknown): string {
  return error instanceof EngineAbsentError ? 'no container engine answers' : errorText(error).trim();
}

function containerTexts(detail: ContainerDetail): Record<string, string> {
  return {
    container: detail.name,
    image: detail.image,
    state: detail.statusText,
    restarts: String(detail.restartCount),
    ...(detail.startedAtMs === undefined ? {} : { started: new Date(detail.startedAtMs).toISOString() }),
    ...(detail.isOomKilled ? { 'out of memory': 'was killed' } : {}),
    ...(detail.health === undefined ? {} : { health: detail.health.status }),
    ...(detail.health?.lastOutput === undefined
      ? {}
      : { 'health output': detail.health.lastOutput.slice(0, 500) }),
  };
}
