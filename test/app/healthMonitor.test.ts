import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HealthMonitor } from '../../src/app/healthMonitor.ts';
import { Emitter } from '../../src/base/emitter.ts';
import type { ContainerEvent } from '../../src/ports.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { Scene, service } from './monitorScene.ts';

const minute = 60_000;

test('nothing to check: no timer', () => {
  const clock = new FakeClock();
  const monitor = new HealthMonitor(() => undefined, clock);
  assert.equal(clock.pendingTimers, 0);
  monitor.setServices([]);
  assert.equal(clock.pendingTimers, 0);
});

test('a service comes up within the first round and is then checked at a fixed rate', async () => {
  const scene = new Scene([{ id: 'web' }]);
  assert.equal(scene.state('web'), 'unknown');
  await scene.clock.advance(2_100);
  assert.equal(scene.state('web'), 'up');
  await scene.clock.advance(10 * minute);
  const runs = scene.probe.runsOf('web/tcp').slice(1);
  const steps = runs.slice(1).map((at, i) => at - (runs[i] ?? 0));
  assert.ok(
    steps.every(step => step === 10_000),
    String(steps),
  );
  assert.equal(scene.checks.length, scene.probe.runs.length);
});

test('failing is pending, then down after its time; the clock starts at the first failure', async () => {
  const scene = new Scene([{ id: 'web' }]);
  await scene.clock.advance(30_000);
  scene.set('web', 'down');
  await scene.clock.advance(12_000);
  assert.equal(scene.state('web'), 'pending');
  const firstFailure = scene.monitor.service('web')?.sinceMs;
  await scene.clock.advance(45_000);
  assert.deepEqual(scene.raised(), []);
  await scene.clock.advance(15_000);
  assert.equal(scene.state('web'), 'down');
  assert.deepEqual(scene.raised(), ['web firing']);
  const alert = scene.alerts.find(candidate => candidate.status === 'firing');
  assert.equal(alert?.startedAtMs, firstFailure);
  assert.equal(scene.monitor.service('web')?.sinceMs, firstFailure);
  const fired = (alert?.firedAtMs ?? 0) - (firstFailure ?? 0);
  assert.ok(fired >= minute && fired <= minute + 2_100, `fired after ${fired} ms`);
});

test('one good answer is not enough to be up again, two are', async () => {
  const scene = new Scene([{ id: 'web' }]);
  scene.set('web', 'down');
  await scene.clock.advance(2 * minute);
  scene.set('web', 'up');
  const before = scene.checks.length;
  while (scene.checks.length === before) await scene.clock.advance(100);
  assert.equal(scene.state('web'), 'down');
  await scene.clock.advance(2_200);
  assert.equal(scene.state('web'), 'up');
  assert.deepEqual(scene.raised(), ['web firing', 'web resolved']);
});

test('after recovery it is looked at often for a minute', async () => {
  const scene = new Scene([{ id: 'web', intervalMs: 30_000 }]);
  await scene.clock.advance(40_000);
  scene.set('web', 'down');
  await scene.clock.advance(35_000);
  scene.set('web', 'up');
  await scene.clock.advance(6_000);
  const recovered = scene.clock.monotonicMs();
  await scene.clock.advance(minute);
  assert.ok(scene.probe.runsOf('web/tcp').filter(at => at > recovered).length >= 9);
});

test('a probe that hangs is down by its deadline and does not stop the others', async () => {
  const scene = new Scene([{ id: 'a' }, { id: 'b' }], { maxInFlight: 1 });
  scene.set('a', 'hang');
  await scene.clock.advance(8_000);
  assert.equal(scene.state('a'), 'pending');
  assert.equal(scene.state('b'), 'up');
  assert.equal(scene.monitor.service('a')?.reason, 'no answer within 3 s');
});

test('one cause, one alert: dependants are blocked by the deepest failing dependency and silent', async () => {
  const scene = new Scene([
    { id: 'page', dependsOn: ['api'] },
    { id: 'api', dependsOn: ['redis', 'postgres'] },
    { id: 'redis', intervalMs: 60_000 },
    { id: 'postgres' },
  ]);
  await scene.clock.advance(70_000);
  for (const id of ['page', 'api', 'redis']) scene.set(id, 'down');
  await scene.clock.advance(3 * minute);
  assert.deepEqual(scene.raised(), ['redis firing']);
  assert.equal(scene.state('page'), 'blocked');
  assert.deepEqual(scene.monitor.service('page')?.blockedBy, ['redis']);
  assert.deepEqual(scene.monitor.service('api')?.blockedBy, ['redis']);
  const firing = scene.monitor.alerts().find(alert => alert.serviceId === 'redis');
  assert.deepEqual([...(firing?.blockedServices ?? [])].sort(), ['api', 'page']);
});

test('the culprit comes back first: dependants that follow raise nothing, one that stays away does', async () => {
  const scene = new Scene([
    { id: 'a', dependsOn: ['redis'] },
    { id: 'b', dependsOn: ['redis'] },
    { id: 'redis' },
  ]);
  for (const id of ['a', 'b', 'redis']) scene.set(id, 'down');
  await scene.clock.advance(3 * minute);
  scene.set('redis', 'up');
  await scene.clock.advance(15_000);
  scene.set('a', 'up');
  await scene.clock.advance(5 * minute);
  assert.deepEqual(scene.raised(), ['redis firing', 'redis resolved', 'b firing']);
});

test('a circle of dependencies hides nobody', async () => {
  const scene = new Scene([
    { id: 'a', dependsOn: ['b'] },
    { id: 'b', dependsOn: ['a'] },
  ]);
  for (const id of ['a', 'b']) scene.set(id, 'down');
  await scene.clock.advance(3 * minute);
  assert.deepEqual([...scene.raised()].sort(), ['a firing', 'b firing']);
});

test('unknown from here raises nothing and resolves nothing', async () => {
  const scene = new Scene([{ id: 'web' }]);
  scene.set('web', 'unknown');
  await scene.clock.advance(5 * minute);
  assert.equal(scene.state('web'), 'unknown');
  scene.set('web', 'down');
  await scene.clock.advance(2 * minute);
  scene.set('web', 'unknown');
  await scene.clock.advance(2 * minute);
  assert.deepEqual(scene.raised(), ['web firing']);
});

test('sleep is a gap: nothing is raised for it, and a failure that had begun starts anew', async () => {
  const scene = new Scene([{ id: 'web' }]);
  await scene.clock.advance(minute);
  scene.set('web', 'down');
  await scene.clock.advance(30_000);
  scene.clock.jumpWall(8 * 60 * minute);
  await scene.clock.advance(20_000);
  assert.equal(scene.state('web'), 'pending');
  assert.deepEqual(scene.raised(), []);
  const [gap] = scene.monitor.history('web/tcp')?.gaps ?? [];
  assert.equal(gap?.reason, 'sleep');
  assert.ok(Math.abs((gap?.toMs ?? 0) - (gap?.fromMs ?? 0) - 8 * 60 * minute) < 100);
  await scene.clock.advance(minute);
  assert.deepEqual(scene.raised(), ['web firing']);
});

test('a step of the wall clock backwards changes no state', async () => {
  const scene = new Scene([{ id: 'web' }]);
  await scene.clock.advance(minute);
  scene.clock.jumpWall(-60 * minute);
  await scene.clock.advance(5 * minute);
  assert.equal(scene.state('web'), 'up');
  assert.deepEqual(scene.alerts, []);
});

test('flapping is told, and an alert that comes back within it keeps its key', async () => {
  const scene = new Scene([{ id: 'web', forMs: 0 }]);
  await scene.clock.advance(20_000);
  for (let i = 0; i < 4; i++) {
    scene.set('web', 'down');
    await scene.clock.advance(40_000);
    scene.set('web', 'up');
    await scene.clock.advance(40_000);
  }
  assert.equal(scene.monitor.probe('web/tcp')?.isFlapping, true);
  const keys = new Set(scene.alerts.filter(alert => alert.status === 'firing').map(alert => alert.key));
  assert.ok(keys.size <= 2, [...keys].join());
  await scene.clock.advance(11 * minute);
  assert.equal(scene.monitor.probe('web/tcp')?.isFlapping, false);
});

test('acknowledged until resolved', async () => {
  const scene = new Scene([{ id: 'web' }]);
  scene.set('web', 'down');
  await scene.clock.advance(2 * minute);
  scene.monitor.acknowledge('web', 'Kim');
  assert.equal(scene.monitor.service('web')?.acknowledgedBy, 'Kim');
  scene.set('web', 'up');
  await scene.clock.advance(minute);
  assert.equal(scene.monitor.service('web')?.isAcknowledged, false);
});

test('maintenance raises nothing; what is still down afterwards does', async () => {
  const scene = new Scene([{ id: 'web' }]);
  const nowMs = scene.clock.nowMs();
  scene.monitor.setMaintenance([{ serviceIds: ['web'], fromMs: nowMs, untilMs: nowMs + 10 * minute }]);
  scene.set('web', 'down');
  await scene.clock.advance(9 * minute);
  assert.equal(scene.monitor.service('web')?.isInMaintenance, true);
  assert.equal(scene.state('web'), 'down');
  assert.deepEqual(scene.raised(), []);
  await scene.clock.advance(2 * minute);
  assert.deepEqual(scene.raised(), ['web firing']);
});

test('a reload of the window keeps "down since" and raises nothing twice', async () => {
  const scene = new Scene([{ id: 'web' }]);
  scene.set('web', 'down');
  await scene.clock.advance(5 * minute);
  const since = scene.monitor.service('web')?.sinceMs;
  const saved: unknown = JSON.parse(JSON.stringify(scene.monitor.saveState()));
  scene.monitor.dispose();
  const next = new HealthMonitor(() => scene.probe, scene.clock);
  const raised: string[] = [];
  next.onDidChangeAlert(alert => raised.push(alert.status));
  next.setServices([service({ id: 'web' })]);
  assert.ok(next.restoreState(saved));
  assert.equal(next.service('web')?.state, 'down');
  await scene.clock.advance(2 * minute);
  assert.equal(next.service('web')?.sinceMs, since);
  assert.deepEqual(raised, []);
  assert.ok((next.history('web/tcp')?.samples.length ?? 0) > 20);
});

test('state that somebody else wrote is not taken', () => {
  const scene = new Scene([{ id: 'web' }]);
  for (const odd of [
    undefined,
    null,
    {},
    { version: 1 },
    { version: 3, savedAtMs: 1, probes: 1, services: [], maintenance: [] },
  ])
    assert.equal(scene.monitor.restoreState(odd), false);
  const broken = {
    version: 3,
    savedAtMs: 1,
    probes: [{ id: 'web/tcp', state: { state: 'nice' } }],
    services: [{}],
    maintenance: [{ untilMs: 'soon' }],
  };
  assert.equal(scene.monitor.restoreState(broken), true);
  assert.equal(scene.state('web'), 'unknown');
});

test('a new configuration keeps the state of what stays', async () => {
  const scene = new Scene([{ id: 'web' }, { id: 'old' }]);
  scene.set('web', 'down');
  await scene.clock.advance(2 * minute);
  const since = scene.monitor.service('web')?.sinceMs;
  scene.monitor.setServices([service({ id: 'web' }), service({ id: 'new' })]);
  assert.equal(scene.monitor.service('web')?.sinceMs, since);
  assert.equal(scene.monitor.service('old'), undefined);
  await scene.clock.advance(3_000);
  assert.equal(scene.state('new'), 'up');
});

test('paused: no checks, a gap, no false alert on the way back', async () => {
  const scene = new Scene([{ id: 'web' }]);
  await scene.clock.advance(minute);
  scene.monitor.pause();
  const runs = scene.probe.runs.length;
  await scene.clock.advance(30 * minute);
  assert.equal(scene.probe.runs.length, runs);
  assert.equal(scene.state('web'), 'stale');
  scene.monitor.resume();
  await scene.clock.advance(5_000);
  assert.equal(scene.state('web'), 'up');
  assert.equal(scene.monitor.history('web/tcp')?.gaps[0]?.reason, 'paused');
  assert.deepEqual(scene.raised(), []);
});

test('probe now answers with the new outcome, running or paused', async () => {
  const scene = new Scene([{ id: 'web', intervalMs: 600_000 }]);
  await scene.clock.advance(minute);
  scene.set('web', 'down');
  const asked = scene.monitor.probeNow('web');
  await scene.clock.advance(1_000);
  assert.deepEqual(
    (await asked).map(outcome => outcome.verdict),
    ['down'],
  );
  scene.monitor.pause();
  const again = scene.monitor.probeNow('web/tcp');
  await scene.clock.advance(1_000);
  assert.equal((await again).length, 1);
  assert.deepEqual(await scene.monitor.probeNow('nothing'), []);
});

test('only the window with the lease checks', async () => {
  const scene = new Scene([{ id: 'web' }]);
  await scene.clock.advance(minute);
  const changes = new Emitter<boolean>();
  const lease = { isHeld: false, onDidChange: changes.event };
  scene.monitor.setLease(lease);
  const runs = scene.probe.runs.length;
  await scene.clock.advance(minute);
  assert.equal(scene.probe.runs.length, runs);
  lease.isHeld = true;
  changes.fire(true);
  await scene.clock.advance(5_000);
  assert.ok(scene.probe.runs.length > runs);
});

test('few are in flight, also per host, and none overlaps itself', async () => {
  const wishes = Array.from({ length: 60 }, (_, i) => ({ id: `s${i}`, host: i < 30 ? 'one' : `h${i}` }));
  const scene = new Scene(wishes, { maxInFlight: 8, maxPerHost: 2 });
  scene.probe.tookMs = 240;
  await scene.clock.advance(5 * minute);
  assert.equal(scene.probe.maxInFlight, 8);
  assert.ok(new Set(scene.probe.runs.map(run => run.id)).size === 60);
});

test('a hundred targets that never answer delay nobody else', async () => {
  const wishes = Array.from({ length: 120 }, (_, i) => ({ id: `s${i}` }));
  const scene = new Scene(wishes, { maxInFlight: 8 });
  for (let i = 0; i < 100; i++) scene.set(`s${i}`, 'hang');
  await scene.clock.advance(5 * minute);
  for (let i = 100; i < 120; i++) {
    const runs = scene.probe.runsOf(`s${i}/tcp`).filter(atMs => atMs > 20_000);
    const pauses = runs.slice(1).map((atMs, at) => atMs - (runs[at] ?? 0));
    assert.ok(runs.length >= 27, `s${i} ran ${runs.length} times`);
    assert.ok(Math.max(...pauses) < 11_000, `s${i} waited ${Math.max(...pauses)} ms`);
  }
});

test('an event of the engine makes its container looked at at once, even while a check is running', async () => {
  const scene = new Scene([]);
  const events = new Emitter<ContainerEvent>();
  const reconnects = new Emitter<void>();
  const web = service({ id: 'web', intervalMs: 600_000 });
  const [target] = web.probes;
  assert.ok(target !== undefined);
  const spec = { kind: 'container', container: { by: 'name', name: 'web-1' } } as const;
  scene.monitor.attachEngine({ onDidEvent: events.event, onDidReconnect: reconnects.event });
  scene.monitor.setServices([{ ...web, probes: [{ ...target, spec }] }]);
  await scene.clock.advance(minute);
  const runs = scene.probe.runs.length;
  const event: ContainerEvent = {
    containerId: 'c',
    name: 'web-1',
    action: 'die',
    atNs: 0n,
    exitCode: 137,
    healthStatus: undefined,
    labels: {},
  };
  events.fire({ ...event, name: 'other' });
  await scene.clock.advance(1_000);
  assert.equal(scene.probe.runs.length, runs);
  events.fire(event);
  await scene.clock.advance(26);
  assert.equal(scene.probe.runs.length, runs + 1);
  events.fire(event);
  await scene.clock.advance(100);
  assert.equal(scene.probe.runs.length, runs + 2);
  reconnects.fire();
  await scene.clock.advance(100);
  assert.equal(scene.probe.runs.length, runs + 3);
});
