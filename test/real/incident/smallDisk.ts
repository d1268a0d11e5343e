// A window on a disk of its own that is read-only at first, becomes writable, fills up and is freed again. Runs inside
// a mount namespace of its own. Argument: folder of the disk.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { JournalFiles } from '../../../src/adapters/journalFiles.ts';
import { IncidentActions } from '../../../src/app/incidentActions.ts';
import { IncidentDesk } from '../../../src/app/incidentDesk.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { policy } from '../../domain/incident/makeEvents.ts';

const [disk = ''] = process.argv.slice(2);
const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, disk]);
const folder = path.join(disk, 'storage');
const sha256 = (text: string) => hash('sha256', text, 'hex');

function openWindow(writerId: string) {
  const store = new JournalFiles(folder, writerId);
  const desk = new IncidentDesk(store, systemClock, {
    sha256,
    random: Math.random,
    actor: () => ({ id: writerId, name: writerId }),
    redact: text => text,
    timeZone: () => 'UTC',
    version: '1',
    log: { info: () => {}, warn: () => {}, error: message => problems.push(message) },
  });
  return { store, desk, actions: new IncidentActions(desk) };
}

const problems: string[] = [];
const { store, desk, actions } = openWindow('W1');
const told: (string | undefined)[] = [];
desk.onDidChangeSaving(({ problem }) => told.push(problem));
// Read-only, as a disk becomes after an error. Only before a file is open: the system lets nobody do it later.
remount('ro');
await store.start();
await desk.start();
const { id } = await desk.declare({ title: 'Full', severity: 1, services: [], policy });
const notes: string[] = [];

async function note(): Promise<void> {
  notes.push(await actions.addNote(id, `${notes.length} ${'x'.repeat(900)}`));
}

async function untilSaved(isSaved: boolean): Promise<void> {
  while ((desk.saving.problem === undefined) !== isSaved) {
    if (!isSaved) await note();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

await note();
remount('rw');
await untilSaved(true);
// Full: by what others write, until the journal itself finds no room, in the middle of a line.
fs.writeFileSync(path.join(disk, 'filler'), 'x'.repeat(80 * 1024));
await untilSaved(false);
for (let n = 0; n < 3; n++) await note();
const evidence = await actions.addEvidence(id, { label: 'log', text: 'last words\n'.repeat(2_000) });
const duringFull = { shown: desk.get(id)?.entries.length, unsaved: desk.saving.unsavedCount };
const blobsWhenFull = fs.existsSync(path.join(folder, 'incidents', id, 'blobs'))
  ? fs.readdirSync(path.join(folder, 'incidents', id, 'blobs'))
  : [];
fs.rmSync(path.join(disk, 'filler'));
await untilSaved(true);
await note();
// What was refused comes after the lines, by itself.
const proof = () => desk.get(id)?.entries.find(entry => entry.id === evidence)?.proofs[0];
while ((await store.readBlob(id, proof()?.sha256 ?? '')) === undefined)
  await new Promise(resolve => setTimeout(resolve, 50));
await desk.idle();
const reader = openWindow('W2');
await reader.desk.start();
const state = reader.desk.get(id);
const readBack = reader.desk.eventsOf(id).map(({ w, s }) => `${w}:${s}`);
console.log(
  JSON.stringify({
    told,
    problems,
    duringFull,
    blobsWhenFull,
    missing: [...notes, evidence].filter(event => !readBack.includes(event)),
    journalProblems: state?.journalProblems,
    evidence: await reader.desk.readText(id, proof()?.sha256 ?? ''),
  }),
);
process.exit(0);
