import type { ContainerRef, ProbeTarget } from '../domain/health/model.ts';
import type { Evidence } from '../domain/runbook/symptoms.ts';
import { isFailing } from '../ui/services/servicesModel.ts';
import type { LogParts } from './logParts.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { Tools } from './tools.ts';

export interface EvidenceNeeds {
  readonly services: Pick<ServiceParts, 'monitor' | 'engine' | 'environments'>;
  readonly logs: Pick<LogParts, 'recentLines'>;
  readonly redact: (text: string) => string;
}

const maxContainers = 20;
const maxLines = 300;
const engineWaitMs = 2000;

/** What is seen right now, redacted, since it is quoted back; undefined while nothing fails. */
export async function gatherEvidence(tools: Tools, needs: EvidenceNeeds): Promise<Evidence | undefined> {
  const { monitor } = needs.services;
  const health = monitor.services();
  if (!health.some(({ state }) => isFailing(state))) return undefined;
  const { redact } = needs;
  const targets = new Map(
    monitor.configured().flatMap(service => service.probes.map(target => [target.id, target] as const)),
  );
  const probes = health.flatMap(service =>
    service.probes.flatMap(({ targetId, last }) =>
      last === undefined
        ? []
        : [
            {
              name: targets.get(targetId)?.title ?? service.serviceId,
              verdict: last.verdict,
              seen: redact(last.seen),
            },
          ],
    ),
  );
  return {
    probes,
    containers: await containersNow(tools, needs, [...targets.values()]),
    logLines: needs.logs.recentLines(maxLines).map(({ source, text }) => ({ source, text: redact(text) })),
    host: hostNow(needs, targets),
  };
}

async function containersNow(
  tools: Tools,
  { services }: EvidenceNeeds,
  targets: readonly ProbeTarget[],
): Promise<Evidence['containers']> {
  if (services.engine.state?.kind !== 'connected') return [];
  const refs = targets.flatMap(({ spec }): readonly ContainerRef[] =>
    spec.kind === 'container' ? [spec.container] : [],
  );
  const { engine } = tools.adapters();
  const signal = AbortSignal.timeout(engineWaitMs);
  const found = await Promise.all(
    refs.slice(0, maxContainers).map(ref => engine.find(ref, signal).catch(() => undefined)),
  );
  return found.flatMap(detail =>
    detail === undefined
      ? []
      : [
          {
            name: detail.name,
            state: detail.state,
            isOomKilled: detail.isOomKilled,
            exitCode: detail.exitCode,
            restartCount: detail.restartCount,
            memoryPercent: undefined,
          },
        ],
  );
}

/** From a host check where there is one: this machine's own load says nothing of another's. */
function hostNow({ services }: EvidenceNeeds, targets: ReadonlyMap<string, ProbeTarget>): Evidence['host'] {
  const checks = services.monitor.services().flatMap(({ probes }) => probes);
  const facts = checks.find(({ targetId }) => targets.get(targetId)?.spec.kind === 'host')?.last?.facts;
  if (facts === undefined) return undefined;
  const percent = (name: string) => {
    const value = Number.parseFloat(facts[name] ?? '');
    return Number.isNaN(value) ? undefined : value;
  };
  return { cpuPercent: percent('CPU'), memoryPercent: percent('memory'), diskPercent: percent('disk') };
}
