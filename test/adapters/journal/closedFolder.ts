// A window of somebody without any rights, whose journal folder is closed and opened again. Prints what it saw.
// Argument: an empty folder that user 65534 may write, when this runs as root.

import fs from 'node:fs';
import path from 'node:path';
import { policy } from '../../domain/incident/makeEvents.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { openWindow } from './openWindow.ts';

const [folder = ''] = process.argv.slice(2);
// Permissions are nothing to root.
if (process.getuid?.() === 0) process.setuid?.(65534);

const incidents = path.join(folder, 'incidents');

async function openWithClock(name: string) {
  const clock = new FakeClock();
  return { clock, ...(await openWindow(folder, name, clock)) };
}

const a = await openWithClock('A');
const first = await a.desk.declare({ title: 'before', severity: 1, services: [], policy });

fs.chmodSync(incidents, 0o500);
const second = await a.desk.declare({ title: 'while it is closed', severity: 1, services: [], policy });
await a.actions.addNote(second.id, 'kept in memory');
const notSaved = a.desk.saving;
const shown = a.desk.get(second.id)?.entries.length;
fs.chmodSync(incidents, 0o700);
await a.clock.advance(5_000);
await a.desk.idle();
const saved = a.desk.saving;

fs.chmodSync(incidents, 0o000);
const b = await openWithClock('B');
const blind = { listed: b.desk.list().length, unreadable: b.desk.unreadable, warnings: b.warnings };
fs.chmodSync(incidents, 0o700);
fs.chmodSync(path.join(incidents, first.id), 0o000);
const c = await openWithClock('C');
const partly = { listed: c.desk.list().map(({ title }) => title), unreadable: c.desk.unreadable };
fs.chmodSync(path.join(incidents, first.id), 0o700);
for (let n = 0; n < 500 && (b.desk.list().length < 2 || c.desk.list().length < 2); n++)
  await new Promise(resolve => setTimeout(resolve, 20));
const after = [b, c].map(({ desk }) => ({
  listed: desk
    .list()
    .map(({ title }) => title)
    .sort(),
  unreadable: desk.unreadable,
  notes: desk
    .get(second.id)
    ?.entries.filter(({ kind }) => kind === 'note')
    .map(({ event }) => event),
  problems: desk.list().flatMap(({ journalProblems }) => journalProblems),
}));
for (const window of [a, b, c]) await window.close();
console.log(JSON.stringify({ notSaved, shown, saved, blind, partly, after }));
