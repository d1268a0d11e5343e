import type { ProbeSpec, Service } from '../health/model.ts';
import { resolveSpec } from './alias.ts';
import type { Environment } from './model.ts';
import { toContainerText } from './probeTarget.ts';

/**
 * The names under which a service is known: its id, its aliases, and what its probes look at, as called in the
 * environment. Two services that share one are the same thing.
 */
export function identitiesOf(
  service: Service,
  environment: Pick<Environment, 'aliases'>,
): ReadonlySet<string> {
  const names = [service.id, ...service.aliases].map(toName);
  return new Set([...names, ...service.probes.flatMap(probe => identityOf(probe.spec, environment))]);
}

/** What one probe looks at. Paths do not count: /health and /metrics of one port are one service. */
export function identityOf(spec: ProbeSpec, environment: Pick<Environment, 'aliases'>): string[] {
  const resolved = resolveSpec(spec, environment);
  switch (resolved.kind) {
    case 'http':
    case 'metrics':
      return [endpointOf(resolved.url)];
    case 'tcp':
    case 'tls':
    case 'redis':
    case 'postgres':
      return [toEndpoint(resolved.host, resolved.port)];
    case 'container':
      return resolved.container.by === 'name'
        ? [toName(resolved.container.name)]
        : [`compose:${toContainerText(resolved.container)}`];
    default:
      return [];
  }
}

function toName(name: string): string {
  return `name:${name.toLowerCase()}`;
}

function endpointOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return toEndpoint(hostname, port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));
}

function toEndpoint(host: string, port: number): string {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return `at:${isLocalHost(bare) ? 'localhost' : bare}:${port}`;
}

export function isLocalHost(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1', '[::1]', '0.0.0.0'].includes(host.toLowerCase());
}

/** The host that a probe connects to, if it is a probe that connects to one. */
export function hostOf(spec: ProbeSpec): string | undefined {
  if (spec.kind === 'http' || spec.kind === 'metrics') return new URL(spec.url).hostname;
  return 'host' in spec ? spec.host : undefined;
}

export function portOf(spec: ProbeSpec): number | undefined {
  if (spec.kind !== 'http' && spec.kind !== 'metrics') return 'port' in spec ? spec.port : undefined;
  const { protocol, port } = new URL(spec.url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Whether two names most likely mean one thing: `testgen-service` and `testgen`, `postgres` and `shop_postgres_1`. */
export function areAkin(name: string, other: string): boolean {
  const [a, b] = [core(name), core(other)];
  return a !== '' && (a === b || b.split(/[-_.]/).includes(a));
}

function core(name: string): string {
  return name.toLowerCase().replace(/[-_.](?:service|svc|server|container|host)$/, '');
}
