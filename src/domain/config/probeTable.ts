import type { ProbeKind } from '../health/model.ts';
import { containerShape } from './containerShape.ts';
import { onlySecret } from './credentials.ts';
import { type Fields, listOf, optional, required } from './shapeCollections.ts';
import { condition, pattern } from './shapeCondition.ts';
import { hostPort, statusCode, url } from './shapeNetwork.ts';
import { duration, flag, oneOf, percent, text, verbatim, whole, word } from './shapeScalars.ts';
import { namedTexts } from './shapeSecrets.ts';

/** Keys that every probe may have beside those of its kind. */
export const commonProbeFields = {
  title: optional(text('a title'), 'Shown in the tree instead of the address.'),
  every: optional(duration(1000, '10s'), 'How often it is checked. Default: 10s.'),
  timeout: optional(duration(50, '3s'), 'Hard deadline of one check, name resolution included. Default: 3s.'),
  for: optional(
    duration(0, '1m'),
    'How long it must fail without a break before an alert fires. Default: 1m.',
  ),
} as const satisfies Fields;

const httpRoots = ['status', 'latency', 'json', 'body', 'header', 'redirects', 'certificate'];
const certificateDays = optional(
  whole(0, 365),
  'Degraded when the certificate ends within so many days. Default: 14.',
);
const series = word('the name of a series', /^[A-Za-z_:][\w:]*(?:\{.*\})?$/, ['http_requests_total']);

/**
 * Every kind of probe with its keys. The key that names the kind also holds what is checked:
 * `- http: http://localhost:8000/health`.
 */
export const probeTable = {
  http: {
    http: required(url(['http', 'https'], 'http://localhost:8000/health'), 'URL that is asked for.'),
    method: optional(
      oneOf(['GET', 'HEAD', 'OPTIONS']),
      'Default: GET. Nothing that changes state is offered.',
    ),
    headers: optional(namedTexts, 'Request headers; credentials as { secret: NAME }.'),
    status: optional(listOf(statusCode), 'Status codes that count as up. Default: 2xx.'),
    degradedStatus: optional(listOf(statusCode), 'Status codes that count as degraded.'),
    when: optional(
      listOf(condition(httpRoots, 'json.status == "ok"')),
      'Conditions that must hold, such as json.status == "ok" or latency < 500ms.',
    ),
    body: optional(pattern, 'Regular expression that the body must match.'),
    maxRedirects: optional(whole(0, 20), 'How many redirects are followed. Default: 5.'),
    certificateDays,
    externalApi: optional(flag, 'An outside API: 401 and 403 mean reachable, 429 means degraded.'),
  },
  tcp: { tcp: required(hostPort('localhost:5432'), 'Host and port to connect to.') },
  dns: {
    dns: required(text('a name such as example.com'), 'Name to resolve.'),
    type: optional(oneOf(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT']), 'Record type. Default: A.'),
    expect: optional(text('a value'), 'A value that must be among the answers.'),
  },
  tls: {
    tls: required(hostPort('example.com:443', 443), 'Host and port whose certificate is checked.'),
    serverName: optional(text('a host name'), 'Name to ask for when it differs from the host.'),
    certificateDays,
  },
  redis: {
    redis: required(hostPort('localhost:6379', 6379), 'Host and port of the Redis server.'),
    tls: optional(flag, 'Connect through TLS.'),
    username: optional(text('a user name'), 'User of the access control list.'),
    password: optional(onlySecret, 'The password, as { secret: NAME }.'),
    memory: optional(percent, 'Degraded when used memory passes this share of its maximum. Default: 90%.'),
  },
  postgres: {
    postgres: required(
      hostPort('localhost:5432', 5432),
      'Host and port of the PostgreSQL server; no password is needed.',
    ),
    user: optional(text('a user name'), 'User named in the startup packet.'),
    database: optional(text('a database name'), 'Database named in the startup packet.'),
  },
  container: {
    container: required(containerShape, 'Container by name, or by its compose project and service.'),
  },
  engine: {
    engine: required(flag, 'The container engine itself: true.'),
    disk: optional(percent, 'Degraded when its disk is fuller than this. Default: 90%.'),
  },
  host: {
    host: required(flag, 'This machine: true.'),
    cpu: optional(percent, 'Degraded above this load of all cores.'),
    memory: optional(percent, 'Degraded above this share of memory.'),
    disk: optional(percent, 'Degraded above this share of the disk.'),
    path: optional(text('a path'), 'Folder whose disk is looked at. Default: the workspace.'),
  },
  command: {
    command: required(
      verbatim('a command'),
      'Command whose exit code 0 means up. Runs in a trusted workspace only.',
    ),
    cwd: optional(text('a folder'), 'Folder to run it in, relative to the workspace.'),
  },
  prometheus: {
    prometheus: required(
      url(['http', 'https'], 'http://localhost:9090'),
      'Base URL of the Prometheus server.',
    ),
    query: required(verbatim('a query'), 'Query in PromQL.'),
    when: optional(
      condition(['value'], 'value < 5'),
      'Condition on the value. Default: the query gives a value.',
    ),
  },
  kubernetes: {
    kubernetes: required(
      word('a workload such as deployment/testgen', /^[a-z]+\/[a-z0-9][a-z0-9.-]*$/, ['deployment/testgen']),
      'Workload, as kind/name.',
    ),
    namespace: optional(text('a namespace'), "Default: the environment's."),
    context: optional(text('a context'), "Context of the kubeconfig. Default: the environment's."),
  },
  metrics: {
    metrics: required(
      url(['http', 'https'], 'http://localhost:8000/metrics'),
      'URL of a page in Prometheus text format.',
    ),
    series: required(listOf(series), 'Names of the series to show as value and rate.'),
  },
} as const satisfies Record<ProbeKind, Fields>;

export const probeKinds = Object.keys(probeTable) as readonly ProbeKind[];
