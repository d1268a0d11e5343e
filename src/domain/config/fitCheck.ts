import type { ProbeSpec, ProbeTarget, Service } from '../health/model.ts';
import { resolveSpec } from './alias.ts';
import { areAkin, hostOf, isLocalHost, portOf } from './identity.ts';
import type { Environment } from './model.ts';
import { toHostText, toTargetText } from './probeTarget.ts';

/** Whether a runbook's check is about the service, judged by the names it uses. */
export function isMeantBy(check: Service, service: Service): boolean {
  const names = [service.id, ...service.aliases];
  return check.aliases.some(alias => names.some(name => areAkin(alias, name)));
}

/**
 * A runbook's probe as it makes sense for the service it is about: a name that only means something inside the compose
 * network gives way to where the service is reached from here. Undefined when the service has that probe already.
 */
export function fitProbe(
  probe: ProbeTarget,
  service: Service,
  environment: Pick<Environment, 'aliases'>,
): ProbeTarget | undefined {
  const spec = resolveSpec(probe.spec, environment);
  if (spec.kind === 'container')
    return service.probes.some(known => known.spec.kind === 'container') ? undefined : probe;
  const host = hostOf(spec);
  if (host === undefined || isLocalHost(host)) return probe;
  const isOwnName = [service.id, ...service.aliases].some(name => areAkin(host, name));
  if (!isOwnName) return probe;
  const reached = service.probes.map(known => resolveSpec(known.spec, environment));
  const there = reached.find(known => portOf(known) === portOf(spec) && hostOf(known) !== host);
  if (there === undefined) return reached.some(known => known.kind === spec.kind) ? undefined : probe;
  const moved = withHost(spec, hostOf(there) ?? host);
  return { ...probe, spec: moved, title: toTargetText(moved) };
}

function withHost(spec: ProbeSpec, host: string): ProbeSpec {
  if (spec.kind === 'http' || spec.kind === 'metrics')
    return { ...spec, url: spec.url.replace(/^(\w+:\/\/)(?:\[[^\]]*\]|[^:/?#]+)/, `$1${toHostText(host)}`) };
  return 'host' in spec ? { ...spec, host } : spec;
}
