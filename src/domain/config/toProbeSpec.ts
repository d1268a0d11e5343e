import type { ProbeKind, ProbeSpec } from '../health/model.ts';
import type { probeTable } from './probeTable.ts';
import type { FieldValues, Located, NamedValue } from './shapeCollections.ts';
import type { PlainOrSecret } from './shapeSecrets.ts';

type Values<K extends ProbeKind> = FieldValues<(typeof probeTable)[K]>;
type SpecOf<K extends ProbeKind> = Extract<ProbeSpec, { readonly kind: K }>;

const defaultWarnDays = 14;

/** What the health side calls what the file says, kind by kind; the compiler ties each row to its probe's keys. */
export const toProbeSpec: { readonly [K in ProbeKind]: (values: Values<K>) => SpecOf<K> } = {
  http: values => ({
    kind: 'http',
    url: values.http,
    ...given('method', values.method),
    ...given('headers', values.headers && toHeaders(values.headers)),
    ...given('status', plain(values.status)),
    ...given('degradedStatus', plain(values.degradedStatus)),
    ...given('conditions', plain(values.when)),
    ...given('bodyPattern', values.body),
    ...given('maxRedirects', values.maxRedirects),
    ...given('warnCertificateDays', values.certificateDays),
    ...given('isExternalApi', values.externalApi),
  }),
  tcp: values => ({ kind: 'tcp', ...values.tcp }),
  dns: values => ({
    kind: 'dns',
    name: values.dns,
    recordType: values.type ?? 'A',
    ...given('expect', values.expect),
  }),
  tls: values => ({
    kind: 'tls',
    ...values.tls,
    ...given('serverName', values.serverName),
    warnDays: values.certificateDays ?? defaultWarnDays,
  }),
  redis: values => ({
    kind: 'redis',
    ...values.redis,
    ...given('tls', values.tls),
    ...given('username', values.username),
    ...given('passwordSecret', values.password),
    ...given('warnMemoryPercent', values.memory),
  }),
  postgres: values => ({
    kind: 'postgres',
    ...values.postgres,
    ...given('user', values.user),
    ...given('database', values.database),
  }),
  container: values => ({ kind: 'container', container: values.container }),
  engine: values => ({ kind: 'engine', ...given('warnDiskPercent', values.disk) }),
  host: values => ({
    kind: 'host',
    ...given('warnCpuPercent', values.cpu),
    ...given('warnMemoryPercent', values.memory),
    ...given('warnDiskPercent', values.disk),
    ...given('path', values.path),
  }),
  command: values => ({ kind: 'command', command: values.command, ...given('cwd', values.cwd) }),
  prometheus: values => ({
    kind: 'prometheus',
    url: values.prometheus,
    query: values.query,
    ...given('condition', values.when),
  }),
  kubernetes: values => ({
    kind: 'kubernetes',
    workload: values.kubernetes,
    namespace: values.namespace ?? '',
    ...given('context', values.context),
  }),
  metrics: values => ({ kind: 'metrics', url: values.metrics, series: plain(values.series) ?? [] }),
};

/** An optional property only when it has a value: absent and undefined differ for the compiler. */
function given<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  // The computed key is typed as any string otherwise.
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}

function plain<T>(items: readonly Located<T>[] | undefined): readonly T[] | undefined {
  return items?.map(item => item.value);
}

/** Secrets stay names; the HTTP probe asks for their values when it runs. */
function toHeaders(headers: readonly NamedValue<PlainOrSecret>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.map(({ name, value }) => [
      name,
      value.kind === 'plain' ? value.text : `${value.prefix}secret:${value.name}`,
    ]),
  );
}
