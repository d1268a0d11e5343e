import type { Service } from '../health/model.ts';

/**
 * Ids of the services that a command is about: those it names (by id, title, alias or container), with everything
 * that depends on them; else those the runbook was declared for; else none.
 */
export function servicesConcerned(
  command: string,
  runbookFile: string,
  services: readonly Service[],
): readonly string[] {
  const words = new Set(command.split(/[^\w.-]+/).filter(word => word !== ''));
  const named = services.filter(service => namesOf(service).some(name => words.has(name)));
  if (named.length > 0) return withDependants(named, services).map(service => service.id);
  return services.filter(service => service.runbooks.includes(runbookFile)).map(service => service.id);
}

function namesOf(service: Service): string[] {
  const containers = service.probes.flatMap(({ spec }) =>
    spec.kind === 'container'
      ? [spec.container.by === 'name' ? spec.container.name : spec.container.service]
      : [],
  );
  return [service.id, service.title, ...service.aliases, ...containers];
}

function withDependants(start: readonly Service[], all: readonly Service[]): Service[] {
  const found = new Set(start);
  for (const service of found) {
    for (const other of all) if (other.dependsOn.includes(service.id)) found.add(other);
  }
  return [...found];
}
