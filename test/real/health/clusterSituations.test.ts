import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import type { ProbeSpec } from '../../../src/domain/health/model.ts';
import { makeAuthority } from './parts/certificates.ts';
import { type ClusterServer, startCluster } from './parts/clusterServer.ts';
import { newAdapters, situations } from './parts/situation.ts';

let adapters: Adapters;
let cluster: ClusterServer;
let kubeconfig: string;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-kube-'));
const kubeconfigBefore = process.env['KUBECONFIG'];

before(async () => {
  cluster = await startCluster(makeAuthority(), folder);
  kubeconfig = cluster.writeKubeconfig(folder);
  // A file of the list that is not there is passed over, as kubectl does.
  process.env['KUBECONFIG'] = [path.join(folder, 'none'), kubeconfig].join(path.delimiter);
  adapters = newAdapters();
  // Reading the unbundled client takes seconds of the first deadline.
  await adapters.clusters();
});

after(async () => {
  if (kubeconfigBefore === undefined) delete process.env['KUBECONFIG'];
  else process.env['KUBECONFIG'] = kubeconfigBefore;
  adapters?.dispose();
  await cluster?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const workload = (name: string, context?: string, namespace = 'n'): ProbeSpec => ({
  kind: 'kubernetes',
  workload: name,
  namespace,
  ...(context === undefined ? {} : { context }),
});

situations(
  () => adapters,
  [
    { name: 'kubernetes: all ready', spec: workload('web'), verdict: 'up', seen: /^2 of 2 ready$/ },
    { name: 'kubernetes: half ready', spec: workload('half'), verdict: 'degraded', seen: /^1 of 2 ready$/ },
    { name: 'kubernetes: none ready', spec: workload('dead'), verdict: 'down', seen: /^0 of 2 ready$/ },
    { name: 'kubernetes: scaled to nothing', spec: workload('off'), verdict: 'degraded', seen: /^scaled to/ },
    {
      name: 'kubernetes: a stateful set, with a client certificate',
      spec: workload('sts/db', 'certificate'),
      verdict: 'up',
      seen: /^1 of 1 ready$/,
    },
    {
      name: 'kubernetes: a daemon set, with a token',
      spec: workload('daemonset/agent', 'token'),
      verdict: 'degraded',
      seen: /^2 of 3 ready$/,
    },
    {
      name: 'kubernetes: a pod',
      spec: workload('pod/web-1'),
      verdict: 'up',
      seen: /^Running, 1 of 1 ready$/,
    },
    {
      name: 'kubernetes: a pod that takes too much memory again and again',
      spec: workload('pod/greedy'),
      verdict: 'down',
      seen: /^CrashLoopBackOff after OOMKilled$/,
    },
    {
      name: 'kubernetes: not there',
      spec: workload('sts/none'),
      verdict: 'down',
      seen: /^no sts\/none in n$/,
    },
    {
      name: 'kubernetes: no such kind',
      spec: workload('node/x'),
      verdict: 'unknown',
      seen: /^"node" is no kind of workload/,
    },
    {
      name: 'kubernetes: token refused is unknown',
      spec: workload('web', 'wrong'),
      verdict: 'unknown',
      seen: /cannot be asked: not authorised$/,
    },
    {
      name: 'kubernetes: namespace forbidden is unknown',
      spec: workload('web', 'token', 'secret'),
      verdict: 'unknown',
      seen: /cannot be asked: not authorised$/,
    },
    {
      name: 'kubernetes: an API server in trouble is unknown',
      spec: workload('broken'),
      verdict: 'unknown',
      seen: /cannot be asked: status 500$/,
    },
    {
      name: 'kubernetes: an API server that says nothing is unknown',
      spec: workload('silent'),
      verdict: 'unknown',
      seen: /^the cluster did not answer in time$/,
      timeoutMs: 600,
    },
    {
      name: 'kubernetes: refused is unknown',
      spec: workload('web', 'absent'),
      verdict: 'unknown',
      seen: /cannot be asked: connection refused$/,
    },
    {
      name: "kubernetes: a server whose certificate the kubeconfig's authority did not sign",
      spec: workload('web', 'stranger'),
      verdict: 'unknown',
      seen: /cannot be asked: certificate/,
    },
    {
      name: 'kubernetes: the program for tokens fails, with its own words',
      spec: workload('web', 'failing'),
      verdict: 'unknown',
      seen: /cannot be asked: please log in$/,
    },
    {
      name: 'kubernetes: no such context',
      spec: workload('web', 'none'),
      verdict: 'unknown',
      seen: /has no context "none"$/,
    },
  ],
);

test('the program for tokens is run once for as long as its token is good', () => {
  assert.equal(cluster.tokenRuns(), 1);
});

test("a pod's log comes as it is written, and ends with the signal", { timeout: 30_000 }, async () => {
  const own = await (await adapters.clusters()).open('certificate');
  assert.equal(own.namespace, 'n');
  const stop = new AbortController();
  const path = '/api/v1/namespaces/n/pods/web-1/log?follow=true&timestamps=true';
  const stream = await own.openStream(path, stop.signal);
  let text = '';
  const ended = new Promise<void>(resolve => stream.once('close', resolve));
  stream.on('error', () => {});
  await new Promise<void>(resolve => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('three')) resolve();
    });
  });
  stop.abort();
  await ended;
  assert.match(text, /one\n.*zwei ü\n.*three\n$/s);
  assert.ok(cluster.asked.includes(`certificate GET ${path}`));
  await assert.rejects(own.openStream('/api/v1/namespaces/n/pods/gone/log', new AbortController().signal), {
    name: 'ClusterError',
    status: 404,
    message: '"log" not found',
  });
});

test('a kubeconfig that changes is read anew, and one that is not there is said', async () => {
  const clusters = await adapters.clusters();
  fs.appendFileSync(kubeconfig, '\n# edited\n');
  const before = await clusters.open('token');
  assert.equal(await clusters.open('token'), before);
  fs.writeFileSync(kubeconfig, 'contexts: [');
  await assert.rejects(clusters.open('token'), /the kubeconfig file cannot be read/);
  fs.rmSync(kubeconfig);
  await assert.rejects(clusters.open('token'), /no kubeconfig file here/);
});
