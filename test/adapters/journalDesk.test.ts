import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { policy } from '../domain/incident/makeEvents.ts';
import { openWindow } from './journal/openWindow.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-desk-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

test('two windows on one disk see the same incident while both write', async () => {
  const [a, b] = [await openWindow(folder, 'A'), await openWindow(folder, 'B')];
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
