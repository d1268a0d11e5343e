import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { DockerEngine } from '../../../src/adapters/docker/dockerEngine.ts';
import { toCandidate } from '../../../src/adapters/docker/endpoint.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { ContainerEvent, EngineState } from '../../../src/ports.ts';
import { type ReachableEngine, reachableEngine, until } from './parts/engine.ts';

let parts: ReachableEngine;
let engine: DockerEngine;

before(
  async () => {
    parts = await reachableEngine('dockerEngine');
    engine = new DockerEngine({
      candidates: async () => [
        toCandidate('unix:///nowhere/docker.sock', 'rootless'),
        toCandidate(`unix://${parts.socketPath}`, 'default socket'),
      ],
      clock: systemClock,
      random: () => 0,
    });
  },
  { timeout: 120_000 },
);

after(async () => {
  engine?.dispose();
  await parts?.stop();
});

test('the first endpoint that answers is used, and the view can say which', async () => {
  await engine.start();
  assert.equal(engine.state.kind, 'connected');
  assert.equal(engine.state.kind === 'connected' && engine.state.info.origin, 'default socket');
});

test('events wake within half a second, with health and exit code', async () => {
  const events: ContainerEvent[] = [];
  const listening = engine.onDidEvent(event => events.push(event));
  await parts.docker(
    ...[
      'run',
      '-d',
      '--name',
      'ev',
      '--network=host',
      '--label',
      'wk=dockerEngine',
      '--health-cmd',
      'test -f /tmp/well',
    ],
    ...['--health-interval=1s', '--health-retries=1', 'busybox', 'sleep', '1000'],
  );
  await until(() => events.find(event => event.healthStatus === 'unhealthy'));
  const detail = await engine.inspect('ev');
  assert.equal(detail?.health?.status, 'unhealthy');
  const killedAt = Date.now();
  await parts.docker('kill', 'ev');
  const died = await until(() => events.find(event => event.action === 'die'));
  assert.equal(died.exitCode, 137);
  assert.ok(Date.now() - killedAt < 30_000);
  assert.ok(died.atNs > 1_700_000_000_000_000_000n);
  listening.dispose();
});

test('a compose service is found by its labels, whatever the container is called', async () => {
  const label = (name: string, value: string) => ['--label', `com.docker.compose.${name}=${value}`];
  await parts.docker(
    ...[
      'run',
      '-d',
      '--name',
      'zz_web_1',
      '--network=host',
      '--label',
      'wk=dockerEngine',
      ...label('project', 'zz'),
    ],
    ...[...label('service', 'web'), ...label('container-number', '1'), 'busybox', 'sleep', '1000'],
  );
  const found = await engine.find({ by: 'compose', project: 'zz', service: 'web', number: 1 });
  assert.equal(found?.name, 'zz_web_1');
  assert.equal(await engine.find({ by: 'compose', project: 'zz', service: 'web', number: 2 }), undefined);
  assert.equal(await engine.find({ by: 'name', name: 'no-such' }), undefined);
  assert.ok((await engine.list()).some(row => row.name === 'zz_web_1' && row.state === 'running'));
});

test('the log comes as raw frames, from a nanosecond on', async () => {
  await parts.docker(
    'run',
    '--name',
    'lg',
    '--network=host',
    '--label',
    'wk=dockerEngine',
    'busybox',
    'sh',
    '-c',
    'echo one; sleep 0.2; echo two',
  );
  const read = async (options: { sinceNs?: bigint; tail?: number }) => {
    const chunks: Uint8Array[] = [];
    await engine.openLog(
      'lg',
      { follow: false, ...options },
      c => chunks.push(c),
      new AbortController().signal,
    );
    return Buffer.concat(chunks);
  };
  const all = await read({});
  assert.equal(all[0], 1, 'first byte of a frame: stdout');
  const stamps = [...all.toString('latin1').matchAll(/(\d{4}-\S+Z) (one|two)/g)];
  assert.deepEqual(
    stamps.map(match => match[2]),
    ['one', 'two'],
  );
  const second = stamps[1]?.[1] ?? '';
  const secondNs = (BigInt(Date.parse(second)) / 1000n) * 1_000_000_000n + BigInt(second.slice(20, 29));
  assert.match((await read({ sinceNs: secondNs })).toString('latin1'), /two/);
  assert.doesNotMatch((await read({ sinceNs: secondNs })).toString('latin1'), /one/);
  assert.equal((await read({ sinceNs: secondNs + 1n })).length, 0);
  assert.doesNotMatch((await read({ tail: 1 })).toString('latin1'), /one/);
});

test('following ends at once when it is cancelled, and a missing container is an error with a sentence', async () => {
  const stop = new AbortController();
  const following = engine.openLog('zz_web_1', { follow: true }, () => {}, stop.signal);
  await wait(200);
  const at = Date.now();
  stop.abort();
  await following;
  assert.ok(Date.now() - at < 10_000);
  await assert.rejects(
    engine.openLog('gone', { follow: false }, () => {}, new AbortController().signal),
    /No such container: gone/,
  );
});

test('an engine that goes and comes back is noticed, and what was tried is told', {
  timeout: 120_000,
}, async () => {
  let reconnects = 0;
  engine.onDidReconnect(() => reconnects++);
  await parts.cut();
  await until(() => (engine.state.kind === 'absent' ? true : undefined));
  const attempts = await until(() =>
    engine.state.kind === 'absent' && engine.state.attempts.length === 2 ? engine.state.attempts : undefined,
  );
  assert.deepEqual(
    attempts.map(attempt => attempt.problem),
    ['no such socket', 'no such socket'],
  );
  await assert.rejects(engine.list(), /No container engine answers.*no such socket/);
  await parts.mend();
  await until(() => (reconnects > 0 ? true : undefined), 40_000);
  assert.ok((await engine.list()).length > 0);
});

test('another choice of engine is followed at once, there and back', { timeout: 30_000 }, async () => {
  let chosen = '/nowhere/docker.sock';
  const following = new DockerEngine({
    candidates: async () => [toCandidate(`unix://${chosen}`, 'environment test')],
    clock: systemClock,
    random: () => 0,
  });
  try {
    await following.reconnect();
    assert.deepEqual(following.state, { kind: 'absent', attempts: [] }, 'nobody has needed an engine yet');
    await assert.rejects(following.list(), /No container engine answers/);
    chosen = parts.socketPath;
    await following.reconnect();
    assert.equal(stateOf(following).kind, 'connected');
    assert.ok((await following.list()).length > 0);
    chosen = '/elsewhere/docker.sock';
    const startMs = performance.now();
    await following.reconnect();
    assert.ok(performance.now() - startMs < 1_000);
    const state = stateOf(following);
    assert.equal(state.kind === 'absent' && state.attempts[0]?.problem, 'no such socket');
    await assert.rejects(following.list(), /elsewhere/);
  } finally {
    following.dispose();
  }
});

/** Read anew each time: the compiler would take it for unchanged. */
function stateOf({ state }: DockerEngine): EngineState {
  return state;
}
