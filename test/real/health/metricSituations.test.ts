import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import { type PrometheusPart, startPrometheus } from '../../parts/prometheus.ts';
import { newAdapters, situations } from './parts/situation.ts';
import { listen, type TestServer } from './parts/webServer.ts';

let adapters: Adapters;
let prometheus: PrometheusPart;
let cluster: TestServer;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-kube-'));
const kubeconfigBefore = process.env['KUBECONFIG'];

before(
  async () => {
    adapters = newAdapters();
    prometheus = await startPrometheus();
    cluster = await listen(http.createServer(answerAsCluster));
    const config = path.join(folder, 'config');
    const server = `http://127.0.0.1:${cluster.port}`;
    fs.writeFileSync(
      config,
      `current-context: test
contexts: [{name: test, context: {cluster: c, user: u}}, {name: gone, context: {cluster: d, user: u}}]
clusters: [{name: c, cluster: {server: "${server}"}}, {name: d, cluster: {server: "http://127.0.0.1:1"}}]
users: [{name: u, user: {exec: {command: echo, args: ['{"status":{"token":"right"}}']}}}]
`,
    );
    process.env['KUBECONFIG'] = config;
    const { url } = prometheus;
    for (let i = 0; i < 100; i++) {
      const text = await (await fetch(`${url}/api/v1/query?query=up`)).text();
      if (text.includes('"value"')) break;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  },
  { timeout: 120_000 },
);

after(async () => {
  if (kubeconfigBefore === undefined) delete process.env['KUBECONFIG'];
  else process.env['KUBECONFIG'] = kubeconfigBefore;
  fs.rmSync(folder, { recursive: true, force: true });
  adapters?.dispose();
  await cluster?.close();
  await prometheus?.stop();
});

/** The API's shape for three deployments; there is no cluster to test with. */
function answerAsCluster(request: http.IncomingMessage, response: http.ServerResponse): void {
  const name = (request.url ?? '').split('/').at(-1);
  const ready = { web: 2, half: 1, dead: 0 }[name ?? ''];
  if (request.headers.authorization !== 'Bearer right') response.writeHead(401).end('{}');
  else if (ready === undefined) response.writeHead(404).end('{"kind":"Status"}');
  else
    response.end(
      JSON.stringify({ kind: 'Deployment', spec: { replicas: 2 }, status: { readyReplicas: ready } }),
    );
}

const query = (text: string, condition?: string) => () =>
  ({
    kind: 'prometheus',
    url: prometheus.url,
    query: text,
    ...(condition === undefined ? {} : { condition }),
  }) as const;
const workload = (name: string, context?: string) =>
  ({
    kind: 'kubernetes',
    workload: name,
    namespace: 'n',
    ...(context === undefined ? {} : { context }),
  }) as const;

situations(
  () => adapters,
  [
    { name: 'prometheus: a value', spec: query('up'), verdict: 'up', seen: /^value 1$/ },
    {
      name: 'prometheus: condition holds',
      spec: query('up', 'value == 1'),
      verdict: 'up',
      seen: /^value is 1$/,
    },
    {
      name: 'prometheus: condition fails',
      spec: query('up', 'value > 1'),
      verdict: 'down',
      seen: /^value is 1$/,
    },
    { name: 'prometheus: a scalar', spec: query('2 * 21', 'value in 40..45'), verdict: 'up', seen: /42/ },
    {
      name: 'prometheus: no data is no verdict',
      spec: query('up{job="none"}', 'value == 1'),
      verdict: 'unknown',
      seen: /gave no data/,
    },
    {
      name: 'prometheus: a query with a mistake',
      spec: query('up{'),
      verdict: 'unknown',
      seen: /^Prometheus: .*parse/,
    },
    {
      name: 'prometheus: a condition with a mistake',
      spec: query('up', 'value = 1'),
      verdict: 'unknown',
      seen: /write ==/,
    },
    {
      name: 'metrics: named series',
      spec: () => ({ kind: 'metrics', url: `${prometheus.url}/metrics`, series: ['go_goroutines'] }),
      verdict: 'up',
      seen: /^go_goroutines \d+/,
      also: ({ facts }) => assert.match(facts?.['go_goroutines'] ?? '', /^\d+/),
    },
    {
      name: 'metrics: a series that is not there',
      spec: () => ({
        kind: 'metrics',
        url: `${prometheus.url}/metrics`,
        series: ['go_goroutines', 'llm_requests'],
      }),
      verdict: 'degraded',
      seen: /^no series llm_requests$/,
    },
    { name: 'kubernetes: all ready', spec: workload('web'), verdict: 'up', seen: /^2 of 2 ready$/ },
    { name: 'kubernetes: half ready', spec: workload('half'), verdict: 'degraded', seen: /^1 of 2 ready$/ },
    { name: 'kubernetes: none ready', spec: workload('dead'), verdict: 'down', seen: /^0 of 2 ready$/ },
    {
      name: 'kubernetes: not there',
      spec: workload('sts/none'),
      verdict: 'down',
      seen: /^no sts\/none in n$/,
    },
    {
      name: 'kubernetes: cluster refused is unknown',
      spec: workload('web', 'gone'),
      verdict: 'unknown',
      seen: /cannot be asked: connection refused/,
    },
    {
      name: 'kubernetes: no such context',
      spec: workload('web', 'none'),
      verdict: 'unknown',
      seen: /has no context "none"/,
    },
  ],
);
