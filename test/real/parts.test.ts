import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { markedProcesses, startTimeOf } from '../../tools/lib/processList.ts';
import { sharedDocker, startDocker } from '../parts/docker.ts';
import { engineRequest } from '../parts/engineApi.ts';
import type { Part } from '../parts/part.ts';
import { startPostgres } from '../parts/postgres.ts';
import { startPrometheus } from '../parts/prometheus.ts';
import { startRedis } from '../parts/redis.ts';

/** Runs of a process by its id are recognised by the start of their name. */
function startedBy(pid: number): number[] {
  const prefix = `${pid.toString(36)}.`;
  return markedProcesses()
    .filter(({ chain }) => chain.some(run => run.startsWith(prefix)))
    .map(found => found.pid);
}

async function timed<T>(action: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const startedMs = performance.now();
  const value = await action();
  return { value, seconds: (performance.now() - startedMs) / 1000 };
}

async function assertGone(part: Part & { readonly pid?: number }): Promise<void> {
  await part.stop();
  if (part.pid !== undefined) assert.equal(startTimeOf(part.pid), undefined, `process ${part.pid} is left`);
  assert.equal(fs.existsSync(part.folder), false, `${part.folder} is left`);
}

test('redis starts, answers, wants its password, and is gone afterwards', async t => {
  const { value: redis, seconds } = await timed(() => startRedis({ password: 'open' }));
  t.diagnostic(`ready after ${seconds.toFixed(2)} s`);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(redis.port, redis.host, () => socket.write('AUTH open\r\nPING\r\nQUIT\r\n'));
    let text = '';
    socket.on('data', data => {
      text += data.toString();
    });
    socket.once('error', reject).once('close', () => resolve(text));
  });
  assert.equal(answer, '+OK\r\n+PONG\r\n+OK\r\n');
  await assertGone(redis);
});

test('postgres starts, takes SQL, and is gone afterwards', async t => {
  // The first start on a machine makes the template; the promise is about every later one.
  await (await startPostgres()).stop();
  const { value: postgres, seconds } = await timed(() => startPostgres({ password: "it's" }));
  t.diagnostic(`ready after ${seconds.toFixed(2)} s`);
  await postgres.sql('create table pages(n int); insert into pages values (1), (2)');
  assert.equal(await postgres.sql('select sum(n), count(*) from pages'), '3|2');
  await assertGone(postgres);
});

test('prometheus starts and scrapes itself', async t => {
  const { value: prometheus, seconds } = await timed(() => startPrometheus());
  t.diagnostic(`ready after ${seconds.toFixed(2)} s`);
  let text = '';
  // Its discovery hands the first targets over after 5 s.
  for (let attempt = 0; attempt < 240 && !text.includes('"1"'); attempt++) {
    await delay(250);
    text = await (await fetch(`${prometheus.url}/api/v1/query?query=up`)).text();
  }
  assert.match(text, /"1"/);
  await assertGone(prometheus);
});

test('a docker engine starts, runs a container, and is gone with it', async t => {
  await (await startDocker(['busybox', 'node'])).stop();
  const { value: docker, seconds } = await timed(() => startDocker());
  t.diagnostic(`ready after ${seconds.toFixed(2)} s`);
  const id = await startContainer(docker.socketPath, 'busybox', ['sh', '-c', 'echo up; sleep 600']);
  const logs = await eventuallyLogs(docker.socketPath, id);
  assert.match(logs, /up/);
  const { seconds: imageSeconds } = await timed(() => docker.addImage('node'));
  t.diagnostic(`node image added in ${imageSeconds.toFixed(2)} s`);
  const other = await startContainer(docker.socketPath, 'node', ['node', '-p', '6 * 7']);
  assert.match(await eventuallyLogs(docker.socketPath, other), /42/);
  const sleeper = containerProcesses(id);
  assert.equal(sleeper.length > 0, true);
  await assertGone(docker);
  assert.deepEqual(containerProcesses(id), []);
  assert.equal(fs.readFileSync('/proc/self/mountinfo', 'utf8').includes(docker.folder), false);
});

test('all who ask for the shared engine get the same one', async () => {
  const [first, second] = await Promise.all([sharedDocker(), sharedDocker()]);
  if (process.env['WATCHKEEPER_RUN'] !== undefined) assert.equal(first.socketPath, second.socketPath);
  for (const { socketPath } of [first, second])
    assert.equal((await engineRequest(socketPath, 'GET', '/version')).status, 200);
  await first.stop();
  await second.stop();
});

test('nothing is left when the owner of parts is killed', { timeout: 120_000 }, async () => {
  const parts = path.resolve(import.meta.dirname, '..', 'parts');
  const program = `
    const { startRedis } = await import('${parts}/redis.ts');
    const { startPostgres } = await import('${parts}/postgres.ts');
    const { startDocker } = await import('${parts}/docker.ts');
    const started = await Promise.all([startRedis(), startPostgres(), startDocker()]);
    console.log('FOLDERS ' + JSON.stringify(started.map(part => part.folder)) + started[2].socketPath + '|');
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>(resolve => {
    let text = '';
    owner.stdout.on('data', data => {
      text += data.toString();
      if (text.includes('|')) resolve(text);
    });
  });
  const [, folderList = '[]', socketPath = ''] = /FOLDERS (\[.*\])(.*)\|/.exec(line) ?? [];
  const id = await startContainer(socketPath, 'busybox', ['sleep', '600']);
  const pid = owner.pid ?? 0;
  assert.ok(startedBy(pid).length >= 10, 'redis, postgres with its children, containerd, dockerd are up');
  owner.kill('SIGKILL');
  const folders: string[] = JSON.parse(folderList);
  const isClean = () =>
    startedBy(pid).length === 0 &&
    containerProcesses(id).length === 0 &&
    folders.every(f => !fs.existsSync(f));
  for (let attempt = 0; attempt < 300 && !isClean(); attempt++) await delay(100);
  assert.deepEqual(startedBy(pid), []);
  assert.deepEqual(containerProcesses(id), []);
  assert.deepEqual(
    folders.filter(folder => fs.existsSync(folder)),
    [],
  );
});

async function startContainer(
  socketPath: string,
  image: string,
  command: readonly string[],
): Promise<string> {
  const body = { Image: image, Cmd: command, HostConfig: { NetworkMode: 'host' } };
  const created = await engineRequest(socketPath, 'POST', '/containers/create', body);
  assert.equal(created.status, 201, created.text);
  const { Id: id }: { Id: string } = JSON.parse(created.text);
  const started = await engineRequest(socketPath, 'POST', `/containers/${id}/start`);
  assert.equal(started.status, 204, started.text);
  return id;
}

async function eventuallyLogs(socketPath: string, id: string): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const { text } = await engineRequest(socketPath, 'GET', `/containers/${id}/logs?stdout=1&stderr=1`);
    if (text !== '') return text;
    await delay(50);
  }
  return '';
}

function containerProcesses(id: string): string[] {
  return fs.readdirSync('/proc').filter(name => {
    try {
      if (!/^\d+$/.test(name) || !fs.readFileSync(`/proc/${name}/cgroup`, 'utf8').includes(id)) return false;
      // One that only waits to be reaped holds nothing any more.
      return !/^State:\s+[ZX]/m.test(fs.readFileSync(`/proc/${name}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}
