import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IncidentActions } from '../../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../../src/app/incidentDesk.ts';
import { timersOf } from '../../../src/domain/incident/timers.ts';
import { policy, sha256 } from '../../domain/incident/makeEvents.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { MemoryDisk, MemoryJournal } from '../../fakes/memoryJournal.ts';

async function openWindow(disk: MemoryDisk, clock: FakeClock, name: string) {
  const desk = new IncidentDesk(new MemoryJournal(disk, name), clock, {
    sha256,
    random: () => 0.5,
    actor: () => ({ id: name, name }),
    redact: text => text,
    timeZone: () => 'Europe/Berlin',
    version: '1',
    log: { info: () => {}, warn: () => {}, error: message => assert.fail(message) },
  });
  await desk.start();
  return { desk, actions: new IncidentActions(desk) };
}

const request = { title: 'Redis is down', severity: 1, services: ['redis'], policy };

test('a clock set back an hour changes no order of what people decided, and the last word stays the last', async () => {
  const [disk, clock] = [new MemoryDisk(), new FakeClock()];
  const { desk, actions } = await openWindow(disk, clock, 'A');
  const { id } = await desk.declare(request);
  await clock.advance(60_000);
  await actions.changeSeverity(id, 2);
  const note = await actions.addNote(id, 'before');
  clock.jumpWall(-3_600_000);
  await actions.changeSeverity(id, 3);
  await actions.correctEntry(id, note, { event: 'after' });
  const read = (await openWindow(disk, clock, 'B')).desk.get(id);
  assert.deepEqual([read?.severity, read?.highestSeverity], [3, 1]);
  assert.equal(read?.entries.find(entry => entry.id === note)?.event, 'after');
  assert.deepEqual(read?.journalProblems, []);
});

test('two machines whose clocks are 90 seconds apart agree on the whole incident', async () => {
  const disk = new MemoryDisk();
  const [early, late] = [new FakeClock(), new FakeClock(Date.parse('2026-11-21T10:01:30Z'))];
  const a = await openWindow(disk, early, 'A');
  const { id } = await a.desk.declare(request);
  const b = await openWindow(disk, late, 'B');
  await b.actions.changeSeverity(id, 4);
  await early.advance(1_000);
  // Said after B's word was heard, by a clock that shows less: it is later all the same.
  await a.actions.changeSeverity(id, 2);
  await late.advance(1_000);
  assert.deepEqual([a.desk.get(id)?.severity, b.desk.get(id)?.severity], [2, 2]);
  assert.deepEqual(a.desk.get(id)?.entries, b.desk.get(id)?.entries);
});

test('over a night of changed clocks the next update stays half an hour away, and no duration gets longer', async () => {
  // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
  const clock = new FakeClock(Date.parse('2026-10-25T00:50:00Z'));
  const { desk, actions } = await openWindow(new MemoryDisk(), clock, 'A');
  const { id } = await desk.declare({ ...request, policy: { ...policy, timeZone: 'Europe/Berlin' } });
  await actions.acknowledge(id);
  await actions.recordMessage(id, 'sent', { kind: 'declaration', text: 'We look into it.' });
  await clock.advance(20 * 60_000);
  const [incident, nowMs] = [desk.get(id) ?? assert.fail(), clock.nowMs()];
  const update = timersOf(incident, nowMs).find(({ kind }) => kind === 'update');
  assert.equal(((update?.dueMs ?? 0) - nowMs) / 60_000, 10);
  await actions.resolve(id);
  const at = (name: string) => desk.get(id)?.milestones.find(one => one.name === name)?.atMs ?? Number.NaN;
  assert.equal((at('resolved') - at('declared')) / 60_000, 20);
});
