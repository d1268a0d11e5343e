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
  const isLocal = ['localhost', '127.0.0.1', '::1', '0.0.0.0'].includes(bare);
  return `at:${isLocal ? 'localhost' : bare}:${port}`;
}
