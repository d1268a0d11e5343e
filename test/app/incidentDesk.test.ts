import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskTools } from '../../src/app/incident/deskTypes.ts';
import { IncidentActions } from '../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../src/app/incidentDesk.ts';
import { policy, sha256 } from '../domain/incident/makeEvents.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { MemoryDisk, MemoryJournal } from '../fakes/memoryJournal.ts';

function toolsFor(name: string): DeskTools {
  let next = 0;
  return {
    sha256,
    random: () => (next++ % 32) / 32,
    actor: () => ({ id: name, name }),
    redact: text => text.replaceAll('hunter2', '«redacted»'),
    timeZone: () => 'Europe/Berlin',
    version: '1.0.0',
    log: { info: () => {}, warn: () => {}, error: (message, error) => assert.fail(`${message} ${error}`) },
  };
}

interface Window {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
}

async function openWindow(disk: MemoryDisk, clock: FakeClock, name: string): Promise<Window> {
  const desk = new IncidentDesk(new MemoryJournal(disk, name), clock, toolsFor(name));
  await desk.start();
  return { desk, actions: new IncidentActions(desk) };
}

const request = { title: 'TestGen is down', severity: 2, services: ['redis'], policy };

test('a declaration is on disk before anybody hears of it', async () => {
  const disk = new MemoryDisk();
  const { desk } = await openWindow(disk, new FakeClock(), 'A');
  const onDiskWhenTold: number[] = [];
  desk.onDidChange(id => onDiskWhenTold.push(disk.files.get(`${id}/A`)?.length ?? 0));
  const incident = await desk.declare({ ...request, commander: 'Kim' });
  assert.deepEqual(onDiskWhenTold, [2]);
  assert.match(incident.id, /^inc-20261121-[0-9a-z]{4}$/);
  assert.equal(incident.title, 'TestGen is down');
  assert.deepEqual(incident.policy, JSON.parse(JSON.stringify(policy)));
  assert.deepEqual(
    incident.roles.map(({ role, person }) => [role, person]),
    [['Incident Commander', 'Kim']],
  );
  assert.equal(desk.current()?.id, incident.id);
});

test('a declaration adopts the backlog with the times at which it happened', async () => {
  const clock = new FakeClock();
  const { desk } = await openWindow(new MemoryDisk(), clock, 'A');
  const atMs = clock.nowMs() - 600_000;
  const incident = await desk.declare({
    ...request,
    backlog: [
      {
        event: { t: 'alert.firing', b: { alert: 'r1', service: 'redis', reason: 'refused', blocked: [] } },
        atMs,
        observedAtMs: atMs + 60_000,
        source: { k: 'health', key: 'alert:r1' },
      },
    ],
  });
  assert.equal(incident.milestones.find(({ name }) => name === 'impactStart')?.atMs, atMs);
  assert.equal(incident.metrics.timeToDetectMs, 60_000);
  assert.equal(incident.entries[0]?.kind, 'alert');
});

test('the life-cycle goes through to closed, and reopens without losing the first end', async () => {
  const clock = new FakeClock();
  const { desk, actions } = await openWindow(new MemoryDisk(), clock, 'A');
  const { id } = await desk.declare(request);
  await actions.acknowledge(id);
  await actions.changeStatus(id, 'identified');
  await actions.resolve(id);
  assert.equal(desk.get(id)?.status, 'resolved');
  assert.equal(desk.open().length, 0);
  await actions.reopen(id, 'came back');
  assert.equal(desk.get(id)?.status, 'investigating');
  assert.equal(
    desk.get(id)?.milestones.some(({ name }) => name === 'resolved'),
    false,
  );
  await clock.advance(1_000);
  await actions.resolve(id);
  await actions.close(id);
  assert.equal(desk.get(id)?.status, 'closed');
  assert.equal(desk.current(), undefined);
  assert.equal(desk.get(id)?.entries.filter(({ event }) => event === 'Status: resolved').length, 2);
});

test('people correct, retract, restore, pin and merge; the journal keeps what was said first', async () => {
  const { desk, actions } = await openWindow(new MemoryDisk(), new FakeClock(), 'A');
  const { id } = await desk.declare(request);
  const note = await actions.addNote(id, 'redis is sluggish');
  const other = await actions.addNote(id, 'same as above');
  await actions.correctEntry(id, note, { event: 'redis is stuck', reason: 'measured' });
  await actions.pinEntry(id, note);
  await actions.mergeEntries(id, note, [other]);
  const entry = desk.get(id)?.entries.find(row => row.id === note);
  assert.deepEqual(
    [entry?.event, entry?.isEdited, entry?.isPinned, entry?.proofs.length],
    ['redis is stuck', true, true, 2],
  );
  assert.equal(
    desk.get(id)?.entries.some(row => row.id === other),
    false,
  );
  await actions.retractEntry(id, note);
  assert.equal(desk.get(id)?.entries.find(row => row.id === note)?.isRetracted, true);
  await actions.restoreEntry(id, note);
  assert.equal(desk.get(id)?.entries.find(row => row.id === note)?.isRetracted, false);
  assert.ok(
    desk.eventsOf(id).some(event => event.t === 'note.added' && event.b.text === 'redis is sluggish'),
  );
});

test('two windows share one incident, whoever writes', async () => {
  const disk = new MemoryDisk();
  const clock = new FakeClock();
  const a = await openWindow(disk, clock, 'A');
  const b = await openWindow(disk, clock, 'B');
  const { id } = await a.desk.declare(request);
  await clock.advance(1);
  await b.actions.changeSeverity(id, 1);
  await clock.advance(1);
  assert.equal(a.desk.get(id)?.severity, 1);
  assert.equal(a.desk.get(id)?.initialSeverity, 2);
  assert.deepEqual(a.desk.get(id)?.entries, b.desk.get(id)?.entries);
  assert.deepEqual(a.desk.get(id)?.journalProblems, []);
});

test('a window that opens later finds what was there', async () => {
  const disk = new MemoryDisk();
  const clock = new FakeClock();
  const a = await openWindow(disk, clock, 'A');
  const { id } = await a.desk.declare(request);
  await a.actions.addNote(id, 'TODO: raise maxmemory');
  a.desk.dispose();
  const b = await openWindow(disk, clock, 'B');
  assert.equal(b.desk.current()?.id, id);
  assert.deepEqual(
    b.desk.get(id)?.actionItems.map(({ text }) => text),
    ['raise maxmemory'],
  );
});

test('a full disk is told, keeps everything in memory and is caught up with in order', async () => {
  const disk = new MemoryDisk();
  const clock = new FakeClock();
  const { desk, actions } = await openWindow(disk, clock, 'A');
  const { id } = await desk.declare(request);
  const told: (string | undefined)[] = [];
  desk.onDidChangeSaving(state => told.push(state.problem));
  disk.failure = new Error('the disk is full');
  await actions.addNote(id, 'one');
  await actions.addNote(id, 'two');
  assert.deepEqual(desk.saving, { problem: 'the disk is full', unsavedCount: 2 });
  assert.equal(desk.get(id)?.entries.filter(({ kind }) => kind === 'note').length, 2);
  await clock.advance(5_000);
  assert.equal(desk.saving.unsavedCount, 2);
  disk.failure = undefined;
  await clock.advance(5_000);
  assert.deepEqual(desk.saving, { problem: undefined, unsavedCount: 0 });
  assert.deepEqual(told, ['the disk is full', undefined]);
  const later = await openWindow(disk, clock, 'B');
  assert.deepEqual(later.desk.get(id)?.journalProblems, []);
  assert.deepEqual(later.desk.get(id)?.entries, desk.get(id)?.entries);
});

test('nothing reaches the disk unredacted, wherever in the event it stands', async () => {
  const disk = new MemoryDisk();
  const { desk, actions } = await openWindow(disk, new FakeClock(), 'A');
  const { id } = await desk.declare({ ...request, title: 'hunter2 leaked', services: ['hunter2'] });
  await actions.addNote(id, 'PASSWORD is hunter2');
  await actions.addEvidence(id, { label: 'env hunter2', text: 'A=hunter2\n' });
  await desk.record(id, {
    t: 'step.finished',
    b: {
      run: 'r',
      stepId: 's',
      command: 'echo hunter2',
      title: 'hunter2',
      isMutating: false,
      services: [],
      startedAt: new Date(0).toISOString(),
      tookMs: 1,
      output: 'hunter2',
      healthAfter: { hunter2: 'hunter2' },
    },
  });
  const everything = [
    ...[...disk.files.values()].flat(),
    ...[...disk.blobs.values()].map(bytes => new TextDecoder().decode(bytes)),
  ].join('\n');
  assert.doesNotMatch(everything, /hunter2/);
  assert.match(everything, /«redacted»/);
});

test('with several incidents open a fact goes to the one whose service it is about', async () => {
  const clock = new FakeClock();
  const { desk, actions } = await openWindow(new MemoryDisk(), clock, 'A');
  const redis = await desk.declare(request);
  await clock.advance(1_000);
  const api = await desk.declare({ ...request, services: ['api'] });
  assert.equal(desk.incidentFor(['redis'])?.id, redis.id);
  assert.equal(desk.incidentFor(['elsewhere'])?.id, api.id);
  desk.setCurrent(redis.id);
  assert.equal(desk.incidentFor([])?.id, redis.id);
  await actions.resolve(redis.id);
  assert.equal(desk.incidentFor(['redis'])?.id, redis.id);
  await clock.advance(3_600_001);
  assert.equal(desk.incidentFor(['redis'])?.id, api.id);
});

test('an open window beats once a minute, and a sleep of an hour is a gap in the lanes', async () => {
  const clock = new FakeClock();
  const { desk } = await openWindow(new MemoryDisk(), clock, 'A');
  const { id } = await desk.declare(request);
  await desk.record(id, {
    t: 'probe.changed',
    b: { service: 'redis', title: 'redis', from: 'up', to: 'down', reason: 'refused' },
  });
  await clock.advance(180_000);
  clock.jumpWall(3_600_000);
  await clock.advance(180_000);
  assert.deepEqual(
    desk.get(id)?.lanes[0]?.spans.map(({ state }) => state),
    ['down', 'gap', 'down'],
  );
});

test('a declaration without a title is refused with a sentence', async () => {
  const { desk } = await openWindow(new MemoryDisk(), new FakeClock(), 'A');
  await assert.rejects(desk.declare({ ...request, title: ' ' }), { message: 'An incident needs a title.' });
});
