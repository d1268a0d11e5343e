import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Demo, openDemo, startDemo } from '../../tools/lib/demo/demo.ts';
import { readState } from '../../tools/lib/demo/workspace.ts';
import { markedProcesses, RUN_VARIABLE } from '../../tools/lib/processList.ts';
import { removeFolder } from '../../tools/lib/removeFolder.ts';
import { type DockerPart, sharedDocker } from '../parts/docker.ts';

interface Health {
  readonly status: string;
  readonly failing: readonly string[];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-demo-test-'));
let docker: DockerPart;
let demo: Demo;

before(async () => {
  docker = await sharedDocker([]);
  demo = await startDemo({ workspaceFolder: folder, engine: docker.endpoint, ports: 'free' });
});

after(async () => {
  await demo?.stop();
  await docker?.stop();
  await removeFolder(folder);
});

async function get(
  target: string,
  method = 'GET',
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(`${demo.url}${target}`, { method, signal: AbortSignal.timeout(2000) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
}

async function health(): Promise<Health & { readonly code: number }> {
  const { status, text } = await get('/health');
  const parsed: unknown = status === 0 ? { status: 'silent', failing: [] } : JSON.parse(text);
  // The service's own format.
  return { ...(parsed as Health), code: status };
}

async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  const endMs = performance.now() + 90_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < endMs, `${what} within 90 s`);
    await delay(150);
  }
}

/** The language model's API is somebody else's: no fault of the service takes it along. */
async function upstreamStatus(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${demo.ports.upstream}/`, {
    signal: AbortSignal.timeout(2000),
  });
  await response.body?.cancel();
  return response.status;
}

async function errorShare(): Promise<number> {
  const { text } = await get('/health');
  return Number(/"unhandledErrorShare":([\d.]+)/.exec(text)?.[1]);
}

const isWell = async () => (await health()).code === 200;

function inspect(format: string): string {
  const args = ['-H', docker.endpoint, 'inspect', '-f', format, 'testgen-copilot'];
  return spawnSync('docker', args, { encoding: 'utf8' }).stdout.trim();
}

function logs(): string {
  const args = ['-H', docker.endpoint, 'logs', '--tail', '200', 'testgen-copilot'];
  const { stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  return stdout + stderr;
}

function outOfMemoryEvents(): string {
  // Without the second that is still running, an event of this moment would be left out.
  const untilSeconds = Math.floor(Date.now() / 1000) + 1;
  const span = ['--since', `${untilSeconds - 120}`, '--until', `${untilSeconds}`, '--filter', 'event=oom'];
  return spawnSync('docker', ['-H', docker.endpoint, 'events', ...span], { encoding: 'utf8' }).stdout;
}

async function mended(): Promise<void> {
  await demo.fix();
  await until('health is back', isWell);
  assert.deepEqual(await demo.fix(), []);
}

test('the demo is up in containers, with every dependency', async () => {
  assert.equal(demo.mode, 'containers');
  assert.deepEqual((await health()).failing, []);
  assert.equal((await get('/ready')).status, 200);
  assert.match((await get('/version')).text, /"version":"1\.4\.2"/);
  assert.equal((await get('/api/generate', 'POST')).status, 200);
  const { text } = await get('/metrics');
  for (const series of ['active_requests', 'llm_requests_total', 'api_requests', 'http_requests_total'])
    assert.match(text, new RegExp(`^${series}[{ ].*\\d$`, 'm'));
  await until('the container is healthy', () => inspect('{{.State.Health.Status}}') === 'healthy');
  assert.equal(openDemo(folder)?.url, demo.url);
});

for (const store of ['postgres', 'redis'] as const)
  test(`${store}-down makes the health answer 503 and name it`, async () => {
    await demo.break(`${store}-down`);
    await demo.break(`${store}-down`);
    await until('503', async () => (await health()).code === 503);
    assert.deepEqual((await health()).failing, [store]);
    await mended();
  });

test('hang: connections are accepted and nothing is answered; a restart cures it', async () => {
  await demo.break('hang');
  await until('silence', async () => (await health()).code === 0);
  assert.equal(inspect('{{.State.Running}}'), 'true');
  assert.equal(await upstreamStatus(), 200);
  const env = { ...process.env, DOCKER_HOST: docker.endpoint };
  spawnSync('docker', ['restart', '-t', '1', 'testgen-copilot'], { env });
  await until('health after the restart', isWell);
  await mended();
});

test('crash-loop: the container restarts again and again with its reason in the log', async () => {
  await demo.break('crash-loop');
  await until('three restarts', () => Number(inspect('{{.RestartCount}}')) >= 3);
  assert.match(logs(), /Configuration error/);
  assert.equal(await upstreamStatus(), 200);
  await mended();
});

test('out-of-memory: the engine kills the service for its memory', async () => {
  await demo.break('out-of-memory');
  await until('a kill for memory', () => inspect('{{.State.OOMKilled}}') === 'true');
  await until('an event of it', () => /container oom .*testgen-copilot/.test(outOfMemoryEvents()));
  assert.match(logs(), /High memory usage/);
  await mended();
});

test('error-burst: generate fails with 500 and stack traces', async () => {
  await demo.break('error-burst');
  await until('a failed request', async () => (await get('/api/generate', 'POST')).status === 500);
  assert.match(logs(), /TypeError: Cannot read properties[^\n]*\n\s+at /);
  await until('the health tells of it', async () => (await errorShare()) > 0.2);
  await mended();
  await until('the errors have passed', async () => (await errorShare()) < 0.2);
});

test('slow: answers take seconds', async () => {
  await demo.break('slow');
  await until('a slow answer', async () => (await health()).code === 0);
  await mended();
});

test('rate-limited: generate answers 429 and the metrics count it', async () => {
  await demo.break('rate-limited');
  await until('429', async () => (await get('/api/generate', 'POST')).status === 429);
  assert.match((await get('/metrics')).text, /llm_requests_total\{outcome="rate_limited"\} [1-9]/);
  await mended();
});

test('disk-full: the cache cannot be written', async () => {
  await demo.break('disk-full');
  await until('503', async () => (await health()).code === 503);
  assert.deepEqual((await health()).failing, ['cache']);
  assert.match((await get('/health')).text, /ENOSPC/);
  await mended();
});

test('without an engine the same demo runs as processes, and breaks and mends there too', async () => {
  const other = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-demo-test-'));
  const inContainers = demo;
  demo = await startDemo({ workspaceFolder: other, mode: 'processes', ports: 'free' });
  try {
    assert.equal(demo.mode, 'processes');
    const pids = readState(other)?.pids ?? {};
    assert.deepEqual(Object.keys(pids).sort(), ['llm', 'postgres', 'redis', 'testgen']);
    if (process.env[RUN_VARIABLE] !== undefined) {
      const ours = markedProcesses().map(({ pid }) => pid);
      for (const [name, pid] of Object.entries(pids))
        assert.ok(ours.includes(pid), `${name} ends with the run`);
    }
    for (const store of ['postgres', 'redis'] as const) {
      await demo.break(`${store}-down`);
      await until('503', async () => (await health()).code === 503);
      assert.deepEqual((await health()).failing, [store]);
      await mended();
    }
    await demo.break('hang');
    await until('silence', async () => (await health()).code === 0);
    await mended();
    await demo.break('crash-loop');
    await until('nobody listens', async () => (await get('/ready')).status === 0);
    await mended();
    await demo.break('disk-full');
    await until('503', async () => (await health()).code === 503);
    await mended();
  } finally {
    await demo.stop();
    demo = inContainers;
    await removeFolder(other);
  }
});
