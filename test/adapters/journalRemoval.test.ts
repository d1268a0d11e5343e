import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { JournalReader } from '../../src/domain/incident/journalReader.ts';
import { withoutTextInLine } from '../../src/domain/incident/removal.ts';
import { policy, sha256 } from '../domain/incident/makeEvents.ts';
import { type JournalWindow, openWindow } from './journal/openWindow.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-removal-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const canary = 'c4n4ry-s3cret';
const secret = `PASSWORD=${canary} – größer\nsecond line`;

const incidentFolder = (id: string) => path.join(folder, 'incidents', id);

function filesWith(id: string, text: string): readonly string[] {
  const names = fs.readdirSync(incidentFolder(id), { recursive: true, encoding: 'utf8' });
  return names.filter(name => {
    const file = path.join(incidentFolder(id), name);
    return fs.statSync(file).isFile() && fs.readFileSync(file).includes(text);
  });
}

async function wait(isTrue: () => boolean): Promise<void> {
  for (let n = 0; n < 1_000 && !isTrue(); n++) await new Promise(resolve => setTimeout(resolve, 10));
  assert.ok(isTrue());
}

const isRemoved = ({ desk }: JournalWindow, id: string) =>
  desk.eventsOf(id).some(({ t }) => t === 'evidence.redacted') &&
  !JSON.stringify([desk.eventsOf(id), desk.get(id)]).includes(canary);

async function recordBoth({ desk, actions }: JournalWindow, id: string): Promise<readonly string[]> {
  await actions.addEvidence(id, { label: 'env', text: secret });
  const output = `env\n${canary}=1`;
  const outputSha = await desk.putText(id, output);
  await desk.record(id, {
    t: 'step.finished',
    b: {
      run: 'r1',
      stepId: 's1',
      command: 'env',
      title: 'Look at the environment',
      isMutating: false,
      services: [],
      startedAt: new Date().toISOString(),
      tookMs: 5,
      exit: 0,
      output,
      outputSha,
    },
  });
  return [sha256(secret), outputSha];
}

test('what a person deletes for good is in no file of the incident, whichever window wrote it, and all else stays', async () => {
  const [a, b] = [await openWindow(folder, 'A'), await openWindow(folder, 'B')];
  const { id } = await a.desk.declare({ title: 'down', severity: 1, services: [], policy });
  const names = await recordBoth(a, id);
  await a.actions.addNote(id, 'after it');
  await wait(() => b.desk.eventsOf(id).length === a.desk.eventsOf(id).length);
  assert.equal(filesWith(id, canary).length, 3);
  const sizes = () => fs.statSync(path.join(incidentFolder(id), 'A.ndjson')).size;
  const before = sizes();
  for (const name of names) await b.actions.removeEvidence(id, name, { reason: 'a password' });
  await wait(() => filesWith(id, canary).length === 0 && isRemoved(a, id) && isRemoved(b, id));
  assert.equal(sizes(), before);
  await a.actions.addNote(id, 'the same file goes on');
  const c = await openWindow(folder, 'C');
  assert.deepEqual(c.desk.get(id)?.journalProblems, []);
  assert.ok(isRemoved(c, id));
  const rows = c.desk.get(id)?.entries.map(({ event }) => event);
  for (const text of ['env', 'Look at the environment', 'after it', 'the same file goes on'])
    assert.ok(rows?.includes(text), `${text} in ${rows}`);
  for (const window of [a, b, c]) await window.close();
});

test('a journal whose text was to be removed by a window that died, or by an older one that could not, loses it at the next start', async () => {
  const a = await openWindow(folder, 'D');
  const { id } = await a.desk.declare({ title: 'down', severity: 1, services: [], policy });
  // As an older Watchkeeper left it: the removal is decided, the beginning of the text still in the line.
  a.store.rewrite = async () => {};
  for (const name of await recordBoth(a, id)) await a.actions.removeEvidence(id, name);
  await wait(() => filesWith(id, canary).length === 1);
  await a.close();
  assert.deepEqual(filesWith(id, canary), ['D.ndjson']);
  const next = await openWindow(folder, 'E');
  await wait(() => filesWith(id, canary).length === 0);
  assert.deepEqual(next.desk.get(id)?.journalProblems, []);
  await next.close();
});

test('a line that a crash left half rewritten is mended before it is read', async () => {
  const a = await openWindow(folder, 'F');
  const { id } = await a.desk.declare({ title: 'down', severity: 1, services: [], policy });
  await a.actions.addEvidence(id, { label: 'env', text: secret });
  await a.close();
  const file = path.join(incidentFolder(id), 'F.ndjson');
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const index = lines.findIndex(line => line.includes(canary));
  const old = lines[index] ?? '';
  const line = withoutTextInLine(old, sha256(secret), sha256) ?? assert.fail('nothing was taken out');
  const offset = Buffer.byteLength(lines.slice(0, index).join('\n')) + 1;
  const plan = { file: 'F.ndjson', patches: [{ offset, line }] };
  fs.writeFileSync(`${file}.F.rewrite`, JSON.stringify(plan));
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.from(line).subarray(0, 300), 0, 300, offset);
  fs.closeSync(handle);
  const next = await openWindow(folder, 'G');
  assert.deepEqual(next.desk.get(id)?.journalProblems, []);
  assert.equal(next.desk.get(id)?.entries.filter(({ event }) => event === 'env').length, 1);
  assert.deepEqual(
    fs.readdirSync(incidentFolder(id)).filter(name => name.includes('rewrite')),
    [],
  );
  assert.deepEqual(filesWith(id, canary), [path.join('blobs', sha256(secret))]);
  const damaged = new JournalReader(sha256);
  damaged.add([old.replace('env', 'enx')]);
  assert.equal(damaged.problems.length, 1);
  await next.close();
});
