import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { JournalFiles } from '../../src/adapters/journalFiles.ts';
import { IncidentActions } from '../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../src/app/incidentDesk.ts';
import { systemClock } from '../../src/base/clock.ts';
import { policy, sha256 } from '../domain/incident/makeEvents.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-desk-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

async function openWindow(name: string) {
  const store = new JournalFiles(folder, name);
  const desk = new IncidentDesk(store, systemClock, {
    sha256,
    random: Math.random,
    actor: () => ({ id: name, name }),
    redact: text => text,
    timeZone: () => 'UTC',
    version: '1',
    log: { info: () => {}, warn: () => {}, error: (message, error) => assert.fail(`${message} ${error}`) },
  });
  await store.start();
  await desk.start();
  return { store, desk, actions: new IncidentActions(desk) };
}

test('two windows on one disk see the same incident while both write', async () => {
  const [a, b] = [await openWindow('A'), await openWindow('B')];
  const { id } = await a.desk.declare({ title: 'down', severity: 1, services: [], policy });
  const wait = async (isTrue: () => boolean) => {
    for (let n = 0; n < 500 && !isTrue(); n++) await new Promise(resolve => setTimeout(resolve, 10));
    assert.ok(isTrue());
  };
  await wait(() => b.desk.get(id) !== undefined);
  const notes = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? a : b).actions.addNote(id, `note ${n}`));
  await Promise.all(notes);
  const count = ({ desk }: typeof a) => desk.get(id)?.entries.filter(({ kind }) => kind === 'note').length;
  await wait(() => count(a) === 20 && count(b) === 20);
  assert.deepEqual(a.desk.get(id)?.entries, b.desk.get(id)?.entries);
  assert.deepEqual(a.desk.get(id)?.journalProblems, []);
  for (const { desk, store } of [a, b]) {
    desk.dispose();
    await store.close();
  }
});
