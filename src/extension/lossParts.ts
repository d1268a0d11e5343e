import { findLosses, type Loss } from '../app/steps/stepLosses.ts';
import type { ContainerRef, Service } from '../domain/health/model.ts';
import { servicesConcerned } from '../domain/runbook/concerned.ts';
import type { RedisPlace } from '../ports.ts';
import type { FoundStep } from '../ui/runbooks/stepLookup.ts';
import type { ServiceParts } from './serviceParts.ts';
import { containersOf } from './snapshots.ts';
import type { Tools } from './tools.ts';

const answerWithinMs = 4000;

/** What a step will take with it: asked of the engine, of Redis and of the disk, right before consent. */
export async function lossesOf(
  tools: Tools,
  services: Pick<ServiceParts, 'catalog' | 'environments'>,
  { runbook, step }: FoundStep,
  command: string,
): Promise<readonly Loss[]> {
  const queries = tools.parsers().lossQueries(command);
  if (queries.length === 0) {
    return step.risk === 'destroy'
      ? [{ kind: 'unknown', reason: 'there is no way to ask for it beforehand' }]
      : [];
  }
  const { variables } = services.environments.current();
  return findLosses(queries, {
    engine: () => tools.adapters().engine,
    lookups: () => tools.adapters().lossLookups,
    redisIn: container => redisIn(services.catalog.services, container),
    cwd: tools.files.folderOf(runbook.file)?.uri.fsPath,
    composeProject: variables['COMPOSE_PROJECT_NAME'] ?? process.env['COMPOSE_PROJECT_NAME'],
    signal: AbortSignal.timeout(answerWithinMs),
  });
}

/** Containers whose logs go with the step; for other destruction those of the services it is about. */
export function containersAtRisk(
  services: Pick<ServiceParts, 'catalog'>,
  { runbook, step }: FoundStep,
  command: string,
  losses: readonly Loss[],
): readonly ContainerRef[] {
  const removed = losses.flatMap(loss => (loss.kind === 'containers' ? loss.names : []));
  if (removed.length > 0) return [...new Set(removed)].map(name => ({ by: 'name', name }));
  if (step.risk !== 'destroy') return [];
  return containersOf({ services }, servicesConcerned(command, runbook.file, services.catalog.services));
}

function redisIn(services: readonly Service[], container: string): RedisPlace | undefined {
  const isIt = (service: Service) =>
    [service.id, ...service.aliases].includes(container) ||
    service.probes.some(
      ({ spec }) =>
        spec.kind === 'container' &&
        (spec.container.by === 'name' ? spec.container.name : spec.container.service) === container,
    );
  for (const { spec } of services.filter(isIt).flatMap(({ probes }) => probes))
    if (spec.kind === 'redis') return { host: spec.host, port: spec.port };
  return undefined;
}
