import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createClusters } from '../../../src/adapters/kubernetes/kubernetes.ts';
import { ClusterPodLogs } from '../../../src/adapters/kubernetes/podLogEngine.ts';
import { FollowedSources } from '../../../src/app/logs/followedSources.ts';
import { toSourceLabel } from '../../../src/app/logs/logSource.ts';
import { LogView } from '../../../src/app/logs/logView.ts';
import { LogTails } from '../../../src/app/logTails.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { PodTarget } from '../../../src/domain/logs/model.ts';
import type { LogStore } from '../../../src/domain/logs/store.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { newEngine, until } from './helpers.ts';

interface Run {
  readonly startedAt: string;
  readonly lines: string[];
  ended?: { readonly at: string; readonly exitCode: number; readonly reason: string };
}

interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly runs: Run[];
}

/** The far end only: the REST protocol of an API server with pods whose logs grow, end and are kept for one run. */
async function startServer(t: TestContext) {
  const pods: Pod[] = [];
  const asked: string[] = [];
  const streams = new Set<http.ServerResponse>();
  const server = http.createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://k');
    asked.push(request.url ?? '');
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const [, name, log] = /\/pods\/([^/]+)(\/log)?$/.exec(pathname) ?? [];
    if (pathname.endsWith('/deployments/web')) {
      json(200, {
        metadata: { name: 'web' },
        spec: { selector: { matchLabels: { app: 'web' } }, template: {} },
      });
      return;
    }
    if (pathname.endsWith('/pods')) {
      json(200, { items: query.get('labelSelector') === 'app=web' ? pods.map(toPod) : [] });
      return;
    }
    const pod = pods.find(item => item.name === name);
    if (pod === undefined) json(404, { kind: 'Status', message: `pods "${name}" not found`, code: 404 });
    else if (log === undefined) json(200, toPod(pod));
    else sendLog(pod, query, response);
  });
  const sendLog = (pod: Pod, query: URLSearchParams, response: http.ServerResponse) => {
    const run = query.get('previous') === 'true' ? pod.runs.at(-2) : pod.runs.at(-1);
    const since = query.get('sinceTime') ?? '';
    const lines = (run?.lines ?? []).filter(line => line.slice(0, 19) >= since.slice(0, 19));
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(lines.map(line => `${line}\n`).join(''));
    if (query.get('follow') !== 'true' || run?.ended !== undefined) response.end();
    else streams.add(response);
  };
  const closeStreams = () => {
    for (const stream of streams) stream.end();
    streams.clear();
  };
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-pods-'));
  const kubeconfig = path.join(folder, 'config');
  const port = typeof address === 'object' ? address?.port : 0;
  fs.writeFileSync(
    kubeconfig,
    [
      'apiVersion: v1\nkind: Config\ncurrent-context: c',
      `clusters: [{ name: c, cluster: { server: 'http://127.0.0.1:${port}', insecure-skip-tls-verify: true } }]`,
      'users: [{ name: u, user: { token: t } }]',
      'contexts: [{ name: c, context: { cluster: c, user: u, namespace: n } }]\n',
    ].join('\n'),
  );
  t.after(() => {
    closeStreams();
    server.closeAllConnections();
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const write = (pod: Pod, line: string) => {
    pod.runs.at(-1)?.lines.push(line);
    for (const stream of streams) stream.write(`${line}\n`);
  };
  return { pods, asked, kubeconfig, write, closeStreams };
}

function toPod({ name, uid, createdAt, runs }: Pod): unknown {
  const [run, before] = [runs.at(-1), runs.at(-2)];
  const ended = (of: Run | undefined) =>
    of?.ended && {
      terminated: {
        startedAt: of.startedAt,
        finishedAt: of.ended.at,
        exitCode: of.ended.exitCode,
        reason: of.ended.reason,
      },
    };
  return {
    metadata: { name, namespace: 'n', uid, creationTimestamp: createdAt, labels: { app: 'web' } },
    spec: { containers: [{ name: 'app' }, { name: 'sidecar' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          ...{ name: 'app', image: 'web:1', restartCount: runs.length - 1, ready: true },
          state: ended(run) ?? { running: { startedAt: run?.startedAt } },
          lastState: ended(before) ?? {},
        },
      ],
    },
  };
}

function rowsOf(store: LogStore): string[] {
  return Array.from({ length: store.size }, (_, i) => {
    const boundary = store.boundary(store.firstSeq + i);
    return boundary === undefined
      ? store.text(store.firstSeq + i)
      : `--- ${boundary.kind} ${boundary.detail}`.trimEnd();
  });
}

async function openTails(t: TestContext, pods: readonly Pod[]) {
  const server = await startServer(t);
  server.pods.push(...pods);
  const clusters = createClusters({ env: { KUBECONFIG: server.kubeconfig }, homeDir: '/nowhere' });
  const engine = newEngine('/nowhere.sock');
  const podLogs = new ClusterPodLogs({ clusters: async () => clusters, isTrusted: () => true });
  const files = { follow: () => Promise.reject(new Error('no files here')) };
  const tails = new LogTails({ engine, files, pods: podLogs, clock: systemClock, random: () => 0 });
  t.after(() => {
    tails.dispose();
    engine.dispose();
  });
  return { ...server, tails, podLogs };
}

async function tailPod(t: TestContext, pod: PodTarget, pods: readonly Pod[]) {
  const { tails, ...server } = await openTails(t, pods);
  const tail = tails.open({ kind: 'pod', pod }, { tail: 100 });
  const shows = async (...wanted: readonly string[]) => {
    await until(wanted.join(' | '), () => rowsOf(tail.store).length >= wanted.length, 30_000).catch(
      () => undefined,
    );
    assert.deepEqual(rowsOf(tail.store), wanted, JSON.stringify([tail.state, server.asked]));
  };
  return { ...server, tail, tails, shows };
}

const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, '0')}`;
const newPod = (change: Partial<Pod> = {}): Pod => ({
  ...{ name: 'web-1', uid: 'u1', createdAt: `${at(0)}Z` },
  runs: [{ startedAt: `${at(1)}Z`, lines: [`${at(2)}.5Z one`, `${at(3)}.123456789Z two`] }],
  ...change,
});

test('a pod is followed; after a cut nothing comes twice and nothing is lost', async t => {
  const pod = newPod();
  const { write, closeStreams, shows, asked } = await tailPod(t, { target: 'web-1' }, [pod]);
  await shows('one', 'two');
  write(pod, `${at(4)}.5Z three`);
  await shows('one', 'two', 'three');
  closeStreams();
  pod.runs.at(-1)?.lines.push(`${at(4)}.6Z while away`);
  await shows('one', 'two', 'three', 'while away');
  assert.ok(
    asked.some(url => url.includes(`sinceTime=${encodeURIComponent(`${at(3)}.000Z`)}`)),
    asked.join('\n'),
  );
  assert.ok(asked.every(url => !url.includes('/log') || url.includes('container=app')));
});

test('a restart: what was not read of the run before, its end, and the next run', async t => {
  const pod = newPod();
  const { closeStreams, shows } = await tailPod(t, { target: 'web-1' }, [pod]);
  await shows('one', 'two');
  const [run] = pod.runs;
  assert.ok(run);
  run.lines.push(`${at(5)}.1Z last words`);
  run.ended = { at: `${at(6)}Z`, exitCode: 137, reason: 'OOMKilled' };
  pod.runs.push({ startedAt: `${at(8)}Z`, lines: [`${at(9)}.1Z again`] });
  closeStreams();
  await shows('one', 'two', 'last words', '--- stopped exit 137, out of memory', '--- started', 'again');
});

test('of a pod that has crashed before, the crash is shown first', async t => {
  const crashed: Run = {
    startedAt: `${at(1)}Z`,
    lines: [`${at(2)}.1Z panic`],
    ended: { at: `${at(3)}Z`, exitCode: 2, reason: 'Error' },
  };
  const pod = newPod({ runs: [crashed, { startedAt: `${at(5)}Z`, lines: [`${at(6)}.1Z hello`] }] });
  const { shows, tails, tail } = await tailPod(t, { target: 'web-1', container: 'app' }, [pod]);
  await shows('panic', '--- stopped exit 2', '--- started', 'hello');
  assert.equal(tail.label, 'web-1/app');
  const written: string[] = [];
  const { signal } = new AbortController();
  const count = await tails.writeSnapshot(
    tail.source,
    undefined,
    { write: text => void written.push(text) },
    signal,
  );
  assert.deepEqual([count, written.at(0)], [2, `${at(2)}.100000000Z stdout panic\n`]);
});

test('a deployment is followed from pod to pod', async t => {
  const first = newPod();
  const { pods, closeStreams, shows, tail } = await tailPod(t, { target: 'deploy/web' }, [first]);
  await shows('one', 'two');
  pods.splice(0, 1, newPod({ name: 'web-2', uid: 'u2', createdAt: `${at(20)}Z`, runs: [] }));
  pods[0]?.runs.push({ startedAt: `${at(21)}Z`, lines: [`${at(22)}.1Z from the next pod`] });
  closeStreams();
  await shows('one', 'two', '--- stopped removed', '--- recreated u2/app', 'from the next pod');
  assert.equal(tail.state.kind, 'following');
});

/** A pod of the workload, and what it has written: a line in each of these seconds. */
const replica = (n: number, ...seconds: readonly number[]) =>
  newPod({
    ...{ name: `web-${n}`, uid: `u${n}`, createdAt: `${at(n)}Z` },
    runs: [{ startedAt: `${at(n)}Z`, lines: seconds.map(second => `${at(second)}.5Z ${n} at ${second}`) }],
  });
const deployment = { kind: 'pod', pod: { target: 'deployment/web' } } as const;

test('all running pods of a workload are followed next to each other, each by its name', async t => {
  const server = await openTails(t, [replica(1, 20, 23), replica(2, 21, 24), replica(3, 22)]);
  const followed = server.tails.follow([deployment]);
  await followed.start();
  t.after(() => followed.dispose());
  assert.deepEqual(followed.sources.map(toSourceLabel), ['web-3', 'web-2', 'web-1']);
  const tails = followed.sources.map(source => server.tails.open(source, { tail: 100 }));
  const view = new LogView(systemClock);
  t.after(() => view.dispose());
  view.setTails(tails);
  const shown = () => {
    const refs = Array.from({ length: view.rows.size }, (_, i) => view.rows.at(view.rows.first + i));
    return refs.map(ref => ref && view.sources[ref.source]?.tail.store.text(ref.seq));
  };
  await until('all lines', () => view.rows.size === 5);
  assert.deepEqual(shown(), ['1 at 20', '2 at 21', '3 at 22', '1 at 23', '2 at 24']);
  for (const name of ['web-1', 'web-2', 'web-3'])
    assert.ok(server.asked.some(url => url.includes(`/pods/${name}/log?`) && url.includes('follow=true')));
});

test('pods that come are joined, pods that go stay while there is room for ten', async t => {
  const { pods, podLogs } = await openTails(t, [replica(1), replica(2)]);
  const clock = new FakeClock();
  const followed = new FollowedSources([deployment], { pods: podLogs, clock });
  t.after(() => followed.dispose());
  await followed.start();
  const names = () => followed.sources.map(toSourceLabel);
  const shows = async (wanted: readonly string[]) => {
    await until(wanted.join(), () => {
      void clock.advance(5000);
      return names().join() === wanted.join();
    }).catch(() => undefined);
    assert.deepEqual(names(), wanted);
  };
  assert.deepEqual(names(), ['web-2', 'web-1']);
  pods.splice(0, 1, replica(3));
  await shows(['web-2', 'web-1', 'web-3']);
  pods.push(...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(n => replica(n)));
  const newest = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4].map(n => `web-${n}`);
  await shows(newest);
  assert.equal(followed.left, 2);
  pods.splice(0);
  await clock.advance(5000);
  assert.deepEqual(names(), newest);
});

test('of a workload without a running pod, or of a cluster that cannot be asked, it stands for itself', async t => {
  const { podLogs } = await openTails(t, []);
  const refused = { ...podLogs, namesOf: () => Promise.reject(new Error('no cluster')) };
  for (const pods of [podLogs, { ...refused, engineOf: podLogs.engineOf }, undefined]) {
    const followed = new FollowedSources([deployment], { pods, clock: new FakeClock() });
    await followed.start();
    assert.deepEqual(followed.sources, [deployment]);
    followed.dispose();
  }
});
