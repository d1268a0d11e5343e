import type { ContainerRef, ProbeSpec, Service } from '../health/model.ts';
import type { Environment } from './model.ts';
import { toHostText } from './probeTarget.ts';
import { parseHostPort } from './shapeNetwork.ts';

type Aliases = Pick<Environment, 'aliases'>;

/** What a host, `host:port` or container is called in the environment; the name itself when nothing is said. */
export function resolveAlias(name: string, { aliases }: Aliases): string {
  const exact = aliases.find(alias => alias.from === name);
  if (exact) return exact.to;
  const parts = parseHostPort(name);
  const host = parts && aliases.find(alias => alias.from === parts.host);
  if (!parts || !host) return name;
  // An alias that names a port itself wins over the port as written.
  return parseHostPort(host.to) === undefined ? `${toHostText(host.to)}:${parts.port}` : host.to;
}

/** The service as it is reached in the environment; ids stay as configured, so that histories do. */
export function resolveService(service: Service, environment: Aliases): Service {
  if (environment.aliases.length === 0) return service;
  return {
    ...service,
    probes: service.probes.map(probe => ({ ...probe, spec: resolveSpec(probe.spec, environment) })),
  };
}

export function resolveSpec(spec: ProbeSpec, environment: Aliases): ProbeSpec {
  switch (spec.kind) {
    case 'http':
    case 'prometheus':
    case 'metrics':
      return { ...spec, url: resolveUrl(spec.url, environment) };
    case 'tcp':
    case 'tls':
    case 'redis':
    case 'postgres':
      return { ...spec, ...resolveHostPort(spec, environment) };
    case 'dns':
      return { ...spec, name: resolveAlias(spec.name, environment) };
    case 'container':
      return { ...spec, container: resolveContainer(spec.container, environment) };
    default:
      return spec;
  }
}

export function resolveHostPort(
  { host, port }: { readonly host: string; readonly port: number },
  environment: Aliases,
): { readonly host: string; readonly port: number } {
  return parseHostPort(resolveAlias(`${toHostText(host)}:${port}`, environment)) ?? { host, port };
}

/** Only the host and port change: the path, the query and the scheme are kept to the letter. */
export function resolveUrl(url: string, environment: Aliases): string {
  const [whole = '', scheme = '', authority = ''] = /^([a-z]+:\/\/)([^/?#]+)/i.exec(url) ?? [];
  if (whole === '') return url;
  return `${scheme}${resolveAuthority(authority, scheme, environment)}${url.slice(whole.length)}`;
}

function resolveAuthority(authority: string, scheme: string, environment: Aliases): string {
  const direct = resolveAlias(authority, environment);
  if (direct !== authority || parseHostPort(authority) !== undefined) return direct;
  // `http://grafana/` means port 80: an alias for `grafana:80` fits too.
  const withPort = `${authority}:${scheme.startsWith('https') ? 443 : 80}`;
  const resolved = resolveAlias(withPort, environment);
  return resolved === withPort ? authority : resolved;
}

function resolveContainer(ref: ContainerRef, environment: Aliases): ContainerRef {
  if (ref.by !== 'name') return ref;
  const name = resolveAlias(ref.name, environment);
  // A container's name may be aliased for its host as well: `postgres → localhost:5433` is no container.
  return parseHostPort(name) === undefined ? { by: 'name', name } : ref;
}
