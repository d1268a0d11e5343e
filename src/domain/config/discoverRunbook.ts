import type { SourceLink } from '../../base/source.ts';
import type { ProbeSpec, Service } from '../health/model.ts';
import { toTargets } from './composeProbes.ts';
import { hostOf, isLocalHost } from './identity.ts';

/** A read-only check that a runbook makes itself, as plain data. `host` and `port` for tcp, redis and postgres. */
export interface RunbookCheck extends SourceLink {
  readonly kind: 'http' | 'tcp' | 'redis' | 'postgres' | 'container';
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly url?: string | undefined;
  readonly container?: string | undefined;
}

const defaultPorts: Readonly<Record<string, number>> = { redis: 6379, postgres: 5432 };

/** A service made of a single check, named after what it looks at. */
export function toCheckedService(check: RunbookCheck): Service | undefined {
  const spec = toSpec(check);
  if (spec === undefined) return undefined;
  const source = { file: check.file, line: check.line };
  const id = nameOf(spec);
  return {
    id,
    title: id,
    dependsOn: [],
    probes: toTargets(id, [{ spec, source }]),
    aliases: namesIn(spec),
    runbooks: [check.file],
    source,
  };
}

function toSpec({ kind, host, port, url, container }: RunbookCheck): ProbeSpec | undefined {
  if (kind === 'container')
    return container === undefined ? undefined : { kind, container: { by: 'name', name: container } };
  if (kind === 'http') return url !== undefined && URL.canParse(url) ? httpSpec(url) : undefined;
  const known = port ?? defaultPorts[kind];
  return host === undefined || known === undefined ? undefined : { kind, host, port: known };
}

/** A public host over TLS is somebody else's API: 401 means that it can be reached. */
function httpSpec(url: string): ProbeSpec {
  const { protocol, hostname } = new URL(url);
  const isOutside = protocol === 'https:' && /\.[a-z]{2,}$/i.test(hostname);
  return isOutside ? { kind: 'http', url, isExternalApi: true } : { kind: 'http', url };
}

function nameOf(spec: ProbeSpec): string {
  if (spec.kind === 'http') return new URL(spec.url).host;
  const [name] = namesIn(spec);
  if (spec.kind === 'tcp') return `${spec.host}:${spec.port}`;
  if (name !== undefined) return name;
  return 'port' in spec ? `${spec.kind}:${spec.port}` : spec.kind;
}

/** Names of its own that the check uses; this machine's name says nothing about which service is meant. */
function namesIn(spec: ProbeSpec): string[] {
  if (spec.kind === 'container') return spec.container.by === 'name' ? [spec.container.name] : [];
  const host = hostOf(spec);
  return host === undefined || isLocalHost(host) ? [] : [host];
}
