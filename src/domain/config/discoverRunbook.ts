import type { SourceLink } from '../../base/source.ts';
import type { ProbeSpec, Service } from '../health/model.ts';
import { toTargets } from './composeProbes.ts';

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
    aliases: [],
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
  if (spec.kind === 'container')
    return spec.container.by === 'name' ? spec.container.name : spec.container.service;
  if (spec.kind === 'redis' || spec.kind === 'postgres') return spec.host;
  return spec.kind === 'tcp' ? `${spec.host}:${spec.port}` : spec.kind;
}
