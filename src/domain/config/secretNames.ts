import type { ProbeTarget, Service } from '../health/model.ts';
import type { Environment } from './model.ts';

/** Names of all secrets that probes and environments ask for, sorted. */
export function secretNames(
  services: readonly Service[],
  environments: readonly Pick<Environment, 'secretVariables'>[],
): readonly string[] {
  const names = [
    ...services.flatMap(service => service.probes).flatMap(probe => namesIn(probe.spec)),
    ...environments.flatMap(environment => Object.values(environment.secretVariables)),
  ];
  return [...new Set(names)].sort();
}

/** Names that one probe asks for. */
export function secretsOf(probe: ProbeTarget): readonly string[] {
  return [...new Set(namesIn(probe.spec))];
}

/** As probes read them: `secret:NAME` within any text, or a key that holds the name alone. */
function namesIn(spec: unknown, key = ''): readonly string[] {
  if (typeof spec === 'string') {
    if (key === 'passwordSecret') return [spec];
    return [...spec.matchAll(/\bsecret:([\w.-]+)/g)].flatMap(match => match[1] ?? []);
  }
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.entries(spec).flatMap(([name, value]) => namesIn(value, name));
}
