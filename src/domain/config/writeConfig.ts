import type { ProbeSpec, ProbeTarget, Service } from '../health/model.ts';
import { toDurationText } from './duration.ts';
import { defaultTimes } from './model.ts';
import { toHostText, toTargetText } from './probeTarget.ts';

/** The text of a new `watchkeeper.yaml` with what discovery found, each thing with the place it was found at. */
export function writeConfig(services: readonly Service[]): string {
  const lines = [
    '# What Watchkeeper watches in this workspace. Made from what was found here: change it as you like.',
    'environments:',
    '  local: {}',
    services.length === 0 ? 'services: {}' : 'services:',
  ];
  for (const service of services) lines.push(...serviceLines(service));
  return `${lines.join('\n')}\n`;
}

/** A service as it stands below `services:`, two columns in. */
export function serviceLines(service: Service): string[] {
  const body = [
    ...(service.title === service.id ? [] : [`title: ${quote(service.title)}`]),
    ...listLine('dependsOn', service.dependsOn),
    ...listLine('aliases', service.aliases),
    ...listLine('runbooks', service.runbooks),
    ...(service.probes.length === 0 ? [] : ['probes:', ...service.probes.flatMap(probeLines)]),
  ];
  const head = `  ${quote(service.id)}:${body.length === 0 ? ' {}' : ''}`;
  return [...originLine('  ', service.source), head, ...body.map(line => `    ${line}`)];
}

function listLine(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}: [${values.map(value => quote(value)).join(', ')}]`];
}

function probeLines(probe: ProbeTarget): string[] {
  const pairs = Object.entries(toKeys(probe.spec));
  if (probe.title !== toTargetText(probe.spec)) pairs.push(['title', quote(probe.title)]);
  const times: readonly (readonly [string, number, number])[] = [
    ['every', probe.intervalMs, defaultTimes.intervalMs],
    ['timeout', probe.timeoutMs, defaultTimes.timeoutMs],
    ['for', probe.forMs, defaultTimes.forMs],
  ];
  for (const [key, value, usual] of times) if (value !== usual) pairs.push([key, toDurationText(value)]);
  const keys = pairs.map(([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${value}`);
  return [...originLine('  ', probe.source), ...keys];
}

function originLine(indent: string, source: Service['source']): string[] {
  return source === undefined ? [] : [`${indent}# from ${source.file}, line ${source.line}`];
}

/** The keys of the probe table for what a spec says; secrets are names here as everywhere. */
function toKeys(spec: ProbeSpec): Record<string, string> {
  switch (spec.kind) {
    case 'http':
      return httpKeys(spec);
    case 'tcp':
      return { tcp: hostPort(spec) };
    case 'tls':
      return {
        tls: hostPort(spec),
        ...text('serverName', spec.serverName),
        certificateDays: String(spec.warnDays),
      };
    case 'redis':
      return {
        redis: hostPort(spec),
        ...(spec.tls === undefined ? {} : { tls: String(spec.tls) }),
        ...text('username', spec.username),
        ...(spec.passwordSecret === undefined ? {} : { password: `{ secret: ${spec.passwordSecret} }` }),
        ...percent('memory', spec.warnMemoryPercent),
      };
    case 'postgres':
      return { postgres: hostPort(spec), ...text('user', spec.user), ...text('database', spec.database) };
    case 'dns':
      return { dns: quote(spec.name), type: spec.recordType, ...text('expect', spec.expect) };
    default:
      return otherKeys(spec);
  }
}

function httpKeys(spec: Extract<ProbeSpec, { kind: 'http' }>): Record<string, string> {
  const headers = Object.entries(spec.headers ?? {}).map(
    ([name, value]) => `${quote(name)}: ${header(value)}`,
  );
  return {
    http: quote(spec.url),
    ...text('method', spec.method),
    ...(headers.length === 0 ? {} : { headers: `{ ${headers.join(', ')} }` }),
    ...list('status', spec.status),
    ...list('degradedStatus', spec.degradedStatus),
    ...list('when', spec.conditions),
    ...text('body', spec.bodyPattern),
    ...count('maxRedirects', spec.maxRedirects),
    ...count('certificateDays', spec.warnCertificateDays),
    ...(spec.isExternalApi === undefined ? {} : { externalApi: String(spec.isExternalApi) }),
  };
}

type OtherSpec = Exclude<ProbeSpec, { kind: 'http' | 'tcp' | 'tls' | 'redis' | 'postgres' | 'dns' }>;

function otherKeys(spec: OtherSpec): Record<string, string> {
  switch (spec.kind) {
    case 'container': {
      const ref = spec.container;
      if (ref.by === 'name') return { container: quote(ref.name) };
      const { project, service, number } = ref;
      return { container: `{ project: ${quote(project)}, service: ${quote(service)}, number: ${number} }` };
    }
    case 'engine':
      return { engine: 'true', ...percent('disk', spec.warnDiskPercent) };
    case 'host':
      return {
        host: 'true',
        ...percent('cpu', spec.warnCpuPercent),
        ...percent('memory', spec.warnMemoryPercent),
        ...percent('disk', spec.warnDiskPercent),
        ...text('path', spec.path),
      };
    case 'command':
      return { command: quote(spec.command, true), ...text('cwd', spec.cwd) };
    case 'prometheus': {
      const when = spec.condition === undefined ? {} : { when: quote(spec.condition, true) };
      return { prometheus: quote(spec.url), query: quote(spec.query, true), ...when };
    }
    case 'kubernetes':
      return {
        kubernetes: spec.workload,
        namespace: quote(spec.namespace),
        ...text('context', spec.context),
      };
    case 'metrics':
      return { metrics: quote(spec.url), ...list('series', spec.series) };
  }
}

function header(value: string): string {
  const secret = /^(.*)secret:([\w.-]+)$/.exec(value);
  if (!secret) return quote(value);
  const prefix = secret[1] ? `, prefix: ${quote(secret[1])}` : '';
  return `{ secret: ${secret[2]}${prefix} }`;
}

function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return quote(`${toHostText(host)}:${port}`);
}

function text(key: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: quote(value) };
}

function count(key: string, value: number | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: String(value) };
}

function percent(key: string, value: number | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: `${value}%` };
}

function list(key: string, values: readonly string[] | undefined): Record<string, string> {
  return values === undefined ? {} : { [key]: `[${values.map(value => quote(value)).join(', ')}]` };
}

/** Plain where YAML reads it back as the same text; a literal `$` is doubled unless the value is taken verbatim. */
function quote(value: string, isVerbatim = false): string {
  const escaped = isVerbatim ? value : value.replace(/\$(?=[${])/g, '$$$$');
  const isPlain =
    /^[A-Za-z0-9/][A-Za-z0-9 _./@+=-]*(?::[A-Za-z0-9_./@+=-]+)*$/.test(escaped) &&
    !/\s$|^[\d.+-]+$|^0[xo]|^(?:true|false|null|yes|no|on|off|y|n)$|^[\d.]+e[\d+-]+$/i.test(escaped);
  return isPlain ? escaped : JSON.stringify(escaped);
}
