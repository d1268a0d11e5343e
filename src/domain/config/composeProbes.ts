import type { SourceLink } from '../../base/source.ts';
import type { ContainerRef, ProbeSpec, ProbeTarget, Service } from '../health/model.ts';
import type { ComposeService } from './composeModel.ts';
import { defaultTimes } from './model.ts';
import { toHostText, toTargetId, toTargetText } from './probeTarget.ts';

interface FoundSpec {
  readonly spec: ProbeSpec;
  readonly source: SourceLink | undefined;
}

/** Well-known images: the port they listen on, and how to ask them. */
const knownImages: readonly { readonly image: RegExp; readonly port: number; readonly ask: string }[] = [
  { image: /(?:^|[/-])(?:redis|valkey|keydb|dragonfly)\b/, port: 6379, ask: 'redis' },
  { image: /(?:^|[/-])(?:postgres|postgresql|postgis|timescaledb|pgvector)\b/, port: 5432, ask: 'postgres' },
  { image: /(?:^|\/)prometheus\b/, port: 9090, ask: '/-/healthy' },
  { image: /(?:^|\/)alertmanager\b/, port: 9093, ask: '/-/healthy' },
  { image: /(?:^|\/)grafana\b/, port: 3000, ask: '/api/health' },
  { image: /(?:^|\/)(?:nginx|httpd|caddy|traefik)\b/, port: 80, ask: 'tcp' },
  { image: /(?:^|\/)(?:elasticsearch|opensearch)\b/, port: 9200, ask: '/_cluster/health' },
  { image: /(?:^|\/)minio\b/, port: 9000, ask: '/minio/health/live' },
];

/** A compose service with its probes: the container itself, and whatever it publishes. */
export function toComposeService(compose: ComposeService): Service {
  const container: ContainerRef =
    compose.containerName === undefined
      ? { by: 'compose', project: compose.project, service: compose.name, number: 1 }
      : { by: 'name', name: compose.containerName };
  const found: FoundSpec[] = [
    { spec: { kind: 'container', container }, source: compose.source },
    ...endpoints(compose),
  ];
  return {
    id: compose.name,
    title: compose.name,
    dependsOn: compose.dependsOn,
    probes: toTargets(compose.name, found),
    aliases: compose.containerName === undefined ? [] : [compose.containerName],
    runbooks: [],
    source: compose.source,
  };
}

export function toTargets(serviceId: string, found: readonly FoundSpec[]): ProbeTarget[] {
  const ids = new Set<string>();
  return found.flatMap(({ spec, source }) => {
    const id = toTargetId(serviceId, spec, new Set());
    // The same target twice is one probe.
    if (ids.has(id)) return [];
    ids.add(id);
    return [{ id, serviceId, title: toTargetText(spec), spec, ...defaultTimes, source }];
  });
}

function endpoints(compose: ComposeService): FoundSpec[] {
  const check = compose.healthcheck;
  const known = knownImages.find(({ image }) => image.test(compose.image ?? ''));
  const reached = compose.isHostNetwork
    ? hostNetworkPorts(compose, known?.port)
    : compose.ports.filter(port => port.protocol === 'tcp');
  return reached.flatMap(({ host, published, target, source }) => {
    if (published === undefined) return [];
    const address = { host, port: published };
    const path = check && checkedPath(check.command, target);
    if (check && path !== undefined) return [{ spec: httpSpec(address, path), source: check.source }];
    if (check && /\bredis-cli\b/.test(check.command))
      return [{ spec: { kind: 'redis', ...address }, source }];
    if (check && /\bpg_isready\b/.test(check.command))
      return [{ spec: { kind: 'postgres', ...address }, source }];
    if (known && (known.port === target || compose.isHostNetwork))
      return [{ spec: knownSpec(known.ask, address), source }];
    return [{ spec: { kind: 'tcp', ...address }, source }];
  });
}

interface Reached {
  readonly host: string;
  readonly published: number | undefined;
  readonly target: number;
  readonly source: SourceLink;
}

/** Nothing is published on the host's own network: the port is in the check, the command, or known by the image. */
function hostNetworkPorts(compose: ComposeService, knownPort: number | undefined): Reached[] {
  const { healthcheck, command } = compose;
  const text = healthcheck?.command ?? '';
  const checked =
    /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)/.exec(text)?.[1] ??
    /\b(?:redis-cli|pg_isready)\b.*?\s(?:-p|--port)[ =]?(\d+)/.exec(text)?.[1];
  const commanded = /(?:^|\s)--port[ =](\d+)/.exec(command)?.[1];
  const implied = /\bredis-cli\b/.test(text) ? 6379 : /\bpg_isready\b/.test(text) ? 5432 : undefined;
  const port = Number(checked ?? commanded ?? knownPort ?? implied);
  if (!Number.isInteger(port)) return [];
  return [
    { host: 'localhost', published: port, target: port, source: healthcheck?.source ?? compose.source },
  ];
}

function checkedPath(command: string, target: number): string | undefined {
  const match = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d+))?(\/[^\s"'|;&)]*)?/.exec(
    command,
  );
  if (!match || Number(match[1] ?? 80) !== target) return undefined;
  return match[2] ?? '/';
}

interface Address {
  readonly host: string;
  readonly port: number;
}

function httpSpec({ host, port }: Address, path: string): ProbeSpec {
  return { kind: 'http', url: `http://${toHostText(host)}:${port}${path}` };
}

function knownSpec(ask: string, address: Address): ProbeSpec {
  if (ask.startsWith('/')) return httpSpec(address, ask);
  if (ask === 'redis') return { kind: 'redis', ...address };
  if (ask === 'postgres') return { kind: 'postgres', ...address };
  return { kind: 'tcp', ...address };
}
