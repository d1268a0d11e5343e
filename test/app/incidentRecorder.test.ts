import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FinishedStep, ServiceTransition } from '../../src/app/incident/recorderInputs.ts';
import { IncidentDesk } from '../../src/app/incidentDesk.ts';
import { IncidentRecorder } from '../../src/app/incidentRecorder.ts';
import { Emitter } from '../../src/base/emitter.ts';
import type { Alert, HealthState } from '../../src/domain/health/model.ts';
import { Redactor } from '../../src/domain/incident/redact.ts';
import type { ContainerEvent } from '../../src/ports.ts';
import { policy, sha256 } from '../domain/incident/makeEvents.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { MemoryDisk, MemoryJournal } from '../fakes/memoryJournal.ts';

const titles = new Map([
  ['postgres', 'PostgreSQL'],
  ['api', 'The Shop'],
]);
const canary = 'c4n4ry-s3cret-value';

async function setUp() {
  const clock = new FakeClock();
  const disk = new MemoryDisk();
  const redactor = new Redactor({ knownValues: [canary], sha256, key: 'k' });
  const redact = (text: string) => redactor.redact(text).text;
  const log = {
    info: () => {},
    warn: () => {},
    error: (message: string, error?: unknown) => assert.fail(`${message} ${error}`),
  };
  let next = 0;
  const desk = new IncidentDesk(new MemoryJournal(disk, 'W1'), clock, {
    sha256,
    random: () => (next++ % 32) / 32,
    actor: () => ({ id: 'kim', name: 'Kim' }),
    redact,
    timeZone: () => 'UTC',
    version: '1',
    log,
  });
  await desk.start();
  const recorder = new IncidentRecorder(desk, {
    clock,
    redact,
    log,
    titleOf: id => titles.get(id) ?? id,
  });
  const health = new Emitter<ServiceTransition>();
  const alerts = new Emitter<Alert>();
  const containers = new Emitter<{
    event: ContainerEvent;
    engineId: string;
    serviceId: string | undefined;
  }>();
  const steps = new Emitter<FinishedStep>();
  const pins = new Emitter<{
    label: string;
    lines: readonly string[];
    serviceId: string | undefined;
    atMs: number | undefined;
    source: undefined;
  }>();
  const files = new Emitter<{ file: string; line: number | undefined; diff: string | undefined }>();
  const deploys = new Emitter<{ what: 'commit'; text: string; ref: string; atMs: number }>();
  recorder.connect({
    onDidChangeHealth: health.event,
    onDidChangeAlert: alerts.event,
    onDidSeeContainerEvent: containers.event,
    onDidFinishStep: steps.event,
    onDidPinLog: pins.event,
    onDidSaveFile: files.event,
    onDidSeeDeploy: deploys.event,
  });
  const declare = () =>
    desk.declare({ title: 'down', severity: 1, services: ['redis'], policy, backlog: recorder.backlog() });
  return { clock, disk, desk, recorder, health, alerts, containers, steps, pins, files, deploys, declare };
}

function change(atMs: number, from: HealthState, to: HealthState, reason = ''): ServiceTransition {
  return { serviceId: 'redis', title: 'redis', transition: { atMs, from, to, reason } };
}

function step(clock: FakeClock, output: string): FinishedStep {
  return {
    runId: 'r1',
    stepId: 's1',
    command: `redis-cli -a ${canary} ping`,
    title: 'Ping',
    source: { file: 'runbooks/redis.md', line: 3 },
    isMutating: false,
    services: ['redis'],
    startedAtMs: clock.nowMs(),
    exitCode: 0,
    reason: undefined,
    output,
    tookMs: 20,
    healthBefore: { redis: 'down' },
    healthAfter: { redis: 'up' },
  };
}

const died = (atMs: number): ContainerEvent => ({
  containerId: 'c1',
  name: 'redis-1',
  action: 'die',
  atNs: BigInt(atMs) * 1_000_000n + 123n,
  exitCode: 137,
  healthStatus: undefined,
  labels: {},
});

test('the half hour before a declaration is adopted, and what is older is not', async () => {
  const { clock, health, declare } = await setUp();
  health.fire(change(clock.nowMs(), 'unknown', 'up'));
  await clock.advance(31 * 60_000);
  const downMs = clock.nowMs();
  health.fire(change(downMs, 'up', 'down', 'refused'));
  await clock.advance(10 * 60_000);
  const incident = await declare();
  assert.deepEqual(
    incident.lanes.map(({ serviceId, spans }) => [
      serviceId,
      spans.map(({ state, fromMs }) => [state, fromMs]),
    ]),
    [['redis', [['down', downMs]]]],
  );
  assert.equal(incident.milestones[0]?.atMs, downMs);
});

test('an alert that began long before the half hour still dates the impact', async () => {
  const { clock, alerts, declare } = await setUp();
  const startedAtMs = clock.nowMs();
  const alert: Alert = {
    key: 'redis@1',
    serviceId: 'redis',
    status: 'firing',
    startedAtMs,
    firedAtMs: startedAtMs + 60_000,
    resolvedAtMs: undefined,
    reason: 'refused',
    blockedServices: [],
  };
  await clock.advance(60_000);
  alerts.fire({ ...alert, status: 'pending', firedAtMs: undefined });
  alerts.fire(alert);
  await clock.advance(3 * 3_600_000);
  const incident = await declare();
  assert.equal(incident.milestones.find(({ name }) => name === 'impactStart')?.atMs, startedAtMs);
  assert.equal(incident.metrics.timeToDetectMs, 60_000);
});

test('an alert that ends before it ever fired leaves no row', async () => {
  const { clock, desk, alerts, declare } = await setUp();
  const incident = await declare();
  const alert: Alert = {
    key: 'redis@1',
    serviceId: 'redis',
    status: 'pending',
    startedAtMs: clock.nowMs(),
    firedAtMs: undefined,
    resolvedAtMs: undefined,
    reason: 'refused',
    blockedServices: [],
  };
  alerts.fire(alert);
  alerts.fire({ ...alert, status: 'resolved', resolvedAtMs: clock.nowMs() + 5 });
  alerts.fire({ ...alert, key: 'redis@2', status: 'firing', firedAtMs: clock.nowMs() });
  await clock.advance(10);
  const kinds = desk.get(incident.id)?.entries.filter(({ kind }) => kind === 'alert');
  assert.deepEqual(
    kinds?.map(({ event }) => event),
    ['Alert: redis is down: refused'],
  );
});

test('an alert calls services what people call them; a journal that only has ids is told by them', async () => {
  const { clock, desk, alerts, recorder, declare } = await setUp();
  const firing: Alert = {
    key: 'postgres@1',
    serviceId: 'postgres',
    status: 'firing',
    startedAtMs: clock.nowMs(),
    firedAtMs: clock.nowMs(),
    resolvedAtMs: undefined,
    reason: 'refused',
    blockedServices: ['api'],
  };
  alerts.fire(firing);
  const { id } = await declare();
  alerts.fire({ ...firing, status: 'resolved', resolvedAtMs: clock.nowMs() + 600_000 });
  const b = { alert: 'redis@1', service: 'redis', reason: '', blocked: ['api'] };
  await desk.record(id, { t: 'alert.firing', b });
  await clock.advance(10);
  const told = desk.get(id)?.entries.filter(({ kind }) => kind === 'alert');
  assert.deepEqual(
    told?.map(({ event, detail }) => [event, detail]),
    [
      ['Alert: PostgreSQL is down: refused', 'Blocks The Shop'],
      ['Alert: redis is down', 'Blocks api'],
      ['Alert resolved: PostgreSQL', undefined],
    ],
  );
  recorder.dispose();
});

test('a service that has been up for hours has a lane from the declaration on', async () => {
  const { clock, health, declare } = await setUp();
  health.fire(change(clock.nowMs(), 'unknown', 'up'));
  await clock.advance(3 * 3_600_000);
  const incident = await declare();
  assert.deepEqual(incident.lanes[0]?.spans, [{ fromMs: clock.nowMs(), untilMs: undefined, state: 'up' }]);
});

test('during an incident everything is recorded by itself, with its source and its own time', async () => {
  const { clock, desk, containers, files, deploys, steps, declare } = await setUp();
  const { id } = await declare();
  const diedMs = clock.nowMs() - 2_000;
  containers.fire({ event: died(diedMs), engineId: 'e1', serviceId: 'redis' });
  containers.fire({
    event: { ...died(diedMs), action: 'exec_create: redis-cli ping' },
    engineId: 'e1',
    serviceId: 'redis',
  });
  files.fire({ file: 'compose.yaml', line: 3, diff: '-a\n+b' });
  deploys.fire({ what: 'commit', text: 'Raise maxmemory', ref: 'abc123', atMs: clock.nowMs() - 600_000 });
  steps.fire(step(clock, 'PONG'));
  await clock.advance(10);
  const entries = desk.get(id)?.entries ?? [];
  assert.deepEqual(
    entries.map(({ kind, actor }) => [kind, actor?.name]),
    [
      ['deploy', 'Watchkeeper'],
      ['container', 'Watchkeeper'],
      ['incident', 'Kim'],
      ['file', 'Kim'],
      ['step', 'Kim'],
    ],
  );
  assert.equal(entries[1]?.atMs, diedMs);
  const event = desk.eventsOf(id).find(({ t }) => t === 'container.event');
  assert.equal(event?.src?.key, `dk:e1:c1:die:${BigInt(diedMs) * 1_000_000n + 123n}`);
});

test('a planted secret is nowhere, neither in lines nor in blobs, adopted or live', async () => {
  const { clock, disk, desk, steps, pins, files, health, declare } = await setUp();
  const output = `${'filler line\n'.repeat(1_000)}REDIS_PASSWORD=${canary}\n${'more\n'.repeat(1_000)}`;
  steps.fire(step(clock, output));
  health.fire(change(clock.nowMs(), 'up', 'down', `auth with ${canary} failed`));
  await clock.advance(1);
  const { id } = await declare();
  steps.fire({ ...step(clock, output), runId: 'r2' });
  pins.fire({
    label: `log ${canary}`,
    lines: [`x ${canary}`, 'y'],
    serviceId: 'redis',
    atMs: undefined,
    source: undefined,
  });
  files.fire({ file: '.env', line: 1, diff: `+PASSWORD=${canary}` });
  await clock.advance(10);
  const everything = [
    ...[...disk.files.values()].flat(),
    ...[...disk.blobs.values()].map(bytes => new TextDecoder().decode(bytes)),
  ];
  assert.equal(disk.blobs.size, 2);
  assert.ok(everything.length > 6);
  for (const text of everything) assert.ok(!text.includes(canary), text.slice(0, 200));
  const live = desk
    .get(id)
    ?.entries.filter(({ kind }) => kind === 'step')
    .at(-1);
  const sha = live?.proofs.at(-1)?.sha256;
  assert.ok(sha);
  assert.match((await desk.readText(id, sha)) ?? '', /REDIS_PASSWORD=«redacted:value/);
});
