import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IncidentActions } from '../../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../../src/app/incidentDesk.ts';
import { policy, sha256 } from '../../domain/incident/makeEvents.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { MemoryDisk, MemoryJournal } from '../../fakes/memoryJournal.ts';

async function openWindow(disk: MemoryDisk, clock: FakeClock, name: string) {
  const store = new MemoryJournal(disk, name);
  const desk = new IncidentDesk(store, clock, {
    sha256,
    random: () => 0.5,
    actor: () => ({ id: name, name }),
    redact: text => text,
    timeZone: () => 'UTC',
    version: '1',
    log: { info: () => {}, warn: () => {}, error: message => assert.fail(message) },
  });
  await desk.start();
  return { store, desk, actions: new IncidentActions(desk) };
}

const request = { title: 'Redis is down', severity: 1, services: [], policy };

test('evidence that was removed is gone from the disk, its row says so, and other words can take its place', async () => {
  const [disk, clock] = [new MemoryDisk(), new FakeClock()];
  const { desk, actions } = await openWindow(disk, clock, 'A');
  const { id } = await desk.declare(request);
  const row = await actions.addEvidence(id, { label: 'env', text: 'TOKEN=abc' });
  const name = sha256('TOKEN=abc');
  assert.equal(await desk.readText(id, name), 'TOKEN=abc');
  await actions.removeEvidence(id, name, { newText: 'TOKEN=…', reason: 'a token' });
  await clock.advance(0);
  assert.deepEqual([...disk.blobs.keys()], [sha256('TOKEN=…')]);
  const proof = desk.get(id)?.entries.find(entry => entry.id === row)?.proofs[0];
  assert.deepEqual([proof?.excerpt, proof?.sha256], [undefined, sha256('TOKEN=…')]);
});

test('a removal that another window decided, or that a crash interrupted, is carried out when it is read', async () => {
  const [disk, clock] = [new MemoryDisk(), new FakeClock()];
  const a = await openWindow(disk, clock, 'A');
  const { id } = await a.desk.declare(request);
  await a.actions.addEvidence(id, { label: 'env', text: 'TOKEN=abc' });
  await a.actions.removeEvidence(id, sha256('TOKEN=abc'));
  await clock.advance(0);
  disk.blobs.set(sha256('TOKEN=abc'), new TextEncoder().encode('TOKEN=abc'));
  await openWindow(disk, clock, 'B');
  await clock.advance(0);
  assert.equal(disk.blobs.size, 0);
});

test('evidence that the disk refuses can be read at once and is saved when there is room', async () => {
  const [disk, clock] = [new MemoryDisk(), new FakeClock()];
  const { store, desk, actions } = await openWindow(disk, clock, 'A');
  const { id } = await desk.declare(request);
  const save = store.putBlob.bind(store);
  store.putBlob = async () => Promise.reject(new Error('the disk is full'));
  await actions.addEvidence(id, { label: 'log', text: 'last words' });
  assert.equal(await desk.readText(id, sha256('last words')), 'last words');
  await clock.advance(5_000);
  assert.equal(disk.blobs.size, 0);
  store.putBlob = save;
  await clock.advance(5_000);
  assert.deepEqual([...disk.blobs.keys()], [sha256('last words')]);
});

test('a text that is removed while the disk refuses its line never reaches the disk', async () => {
  const [disk, clock] = [new MemoryDisk(), new FakeClock()];
  const { desk, actions } = await openWindow(disk, clock, 'A');
  const { id } = await desk.declare(request);
  disk.failure = new Error('the disk is full');
  await actions.addEvidence(id, { label: 'env', text: 'TOKEN=abc' });
  await actions.removeEvidence(id, sha256('TOKEN=abc'));
  disk.failure = undefined;
  await clock.advance(5_000);
  await desk.idle();
  assert.equal(desk.saving.unsavedCount, 0);
  assert.ok([...disk.files.values()].flat().some(line => line.includes('"label":"env"')));
  assert.ok(![...disk.files.values()].flat().some(line => line.includes('TOKEN=abc')));
  assert.ok(!JSON.stringify(desk.eventsOf(id)).includes('TOKEN=abc'));
});
