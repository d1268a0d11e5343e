import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { JournalFiles } from '../../src/adapters/journalFiles.ts';
import type { EventBodies, JournalEvent } from '../../src/domain/incident/events.ts';
import { chainStart, encodeEvent } from '../../src/domain/incident/journalLine.ts';
import { JournalReader } from '../../src/domain/incident/journalReader.ts';
import { EventMaker, incidentId, sha256 } from '../domain/incident/makeEvents.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-journal-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));
let folders = 0;

function newFolder(): string {
  return path.join(root, String(folders++));
}

function fileOf(folder: string, writer: string): string {
  return path.join(folder, 'incidents', incidentId, `${writer}.ndjson`);
}

function noteLines(count: number, w = 'W1'): string[] {
  const made = new EventMaker();
  for (let i = 0; i < count; i++) made.add('note.added', { text: `note ${i} ✅` }, i, { w });
  let previous = chainStart;
  return made.events.map(event => {
    if (event.t !== 'note.added') throw new Error('only notes here');
    const { line, checksum } = encodeEvent<keyof EventBodies>(event, previous, sha256);
    previous = checksum;
    return line;
  });
}

async function eventsIn(
  folder: string,
): Promise<{ readonly events: readonly JournalEvent[]; readonly problems: readonly string[] }> {
  const store = new JournalFiles(folder, 'READER');
  const { lines, problems } = await store.read(incidentId);
  await store.close();
  const reader = new JournalReader(sha256);
  const events = reader.add(lines);
  return { events, problems: [...problems, ...reader.problems] };
}

async function until(isTrue: () => boolean, forMs = 30_000): Promise<void> {
  const endMs = Date.now() + forMs;
  while (!isTrue() && Date.now() < endMs) await new Promise(resolve => setTimeout(resolve, 10));
  assert.ok(isTrue(), `did not come true within ${forMs} ms`);
}

test('lines that were appended are read back, each writer in order', async () => {
  const folder = newFolder();
  const [a, b] = [new JournalFiles(folder, 'W1'), new JournalFiles(folder, 'W2')];
  await Promise.all([a.append(incidentId, noteLines(3)), b.append(incidentId, noteLines(2, 'W2'))]);
  const { events, problems } = await eventsIn(folder);
  assert.deepEqual(
    events.map(({ w, s }) => `${w}:${s}`),
    ['W1:1', 'W1:2', 'W1:3', 'W2:1', 'W2:2'],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(await a.listIncidents(), [incidentId]);
  await Promise.all([a.close(), b.close()]);
});

test('with a cursor only what came since is read', async () => {
  const folder = newFolder();
  const store = new JournalFiles(folder, 'W1');
  const [one = '', two = '', three = ''] = noteLines(3);
  await store.append(incidentId, [one]);
  const first = await store.read(incidentId);
  await store.append(incidentId, [two, three]);
  const second = await store.read(incidentId, first.cursor);
  assert.deepEqual([first.lines, second.lines], [[one], [two, three]]);
  assert.deepEqual((await store.read(incidentId, second.cursor)).lines, []);
  await store.close();
});

test('a thousand callers at once are all acknowledged, in order', async () => {
  const folder = newFolder();
  const store = new JournalFiles(folder, 'W1');
  const lines = noteLines(1_000);
  const acknowledged: number[] = [];
  await Promise.all(
    lines.map((line, index) => store.append(incidentId, [line]).then(() => acknowledged.push(index))),
  );
  assert.deepEqual(
    acknowledged,
    lines.map((_, index) => index),
  );
  const { events, problems } = await eventsIn(folder);
  assert.equal(events.length, 1_000);
  assert.deepEqual(problems, []);
  await store.close();
});

test('a file of many chunks reads the same as a small one', async () => {
  const folder = newFolder();
  const store = new JournalFiles(folder, 'W1');
  const lines = noteLines(12_000);
  await store.append(incidentId, lines);
  assert.ok(fs.statSync(fileOf(folder, 'W1')).size > 3 << 20);
  assert.deepEqual((await store.read(incidentId)).lines, lines);
  await store.close();
});

test('a tail torn at any byte is reported, never changed, and hides nothing before it', async () => {
  const folder = newFolder();
  const lines = noteLines(2);
  const whole = Buffer.from(`${lines.join('\n')}\n`);
  const file = fileOf(folder, 'W1');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const second = Buffer.byteLength(`${lines[0]}\n`);
  for (let cut = second; cut <= whole.length; cut++) {
    fs.writeFileSync(file, whole.subarray(0, cut));
    const { events, problems } = await eventsIn(folder);
    assert.equal(events.length, cut === whole.length ? 2 : 1, `cut at ${cut}`);
    assert.equal(problems.length, cut === second || cut === whole.length ? 0 : 1, `cut at ${cut}`);
    assert.equal(fs.statSync(file).size, cut);
  }
});

test('a flipped byte anywhere costs one line and is reported', async () => {
  const folder = newFolder();
  const lines = noteLines(5);
  const whole = Buffer.from(`${lines.join('\n')}\n`);
  const file = fileOf(folder, 'W1');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let at = 0; at < whole.length; at += 7) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x04;
    fs.writeFileSync(file, damaged);
    const { events, problems } = await eventsIn(folder);
    assert.ok(events.length >= 3, `byte ${at}: ${events.length} events left`);
    assert.ok(events.length < 5 && problems.length > 0, `byte ${at} went unnoticed`);
  }
});

test('a writer id is never used twice: the second is refused, the first file stays', async () => {
  const folder = newFolder();
  const first = new JournalFiles(folder, 'W1');
  await first.append(incidentId, noteLines(1));
  const second = new JournalFiles(folder, 'W1');
  await assert.rejects(second.append(incidentId, noteLines(1)), /cannot be saved/);
  assert.equal((await eventsIn(folder)).events.length, 1);
  await Promise.all([first.close(), second.close()]);
});

test('a folder that cannot be made is told in words', async () => {
  const folder = newFolder();
  fs.writeFileSync(folder, 'a file where the folder should be');
  const store = new JournalFiles(folder, 'W1');
  await store.start();
  await assert.rejects(store.append(incidentId, noteLines(1)), /The incident journal cannot be saved: /);
  fs.rmSync(folder);
  await store.append(incidentId, noteLines(1));
  assert.equal((await eventsIn(folder)).events.length, 1);
  await store.close();
});

test('a journal that was deleted under the window is told, and the next append starts anew', async () => {
  const folder = newFolder();
  const store = new JournalFiles(folder, 'W1');
  const [one = '', two = '', three = ''] = noteLines(3);
  await store.append(incidentId, [one]);
  fs.rmSync(path.dirname(fileOf(folder, 'W1')), { recursive: true });
  await assert.rejects(store.append(incidentId, [two]), /was deleted/);
  await store.append(incidentId, [one, two, three]);
  assert.equal((await eventsIn(folder)).events.length, 3);
  await store.close();
});

test('names that are no incident id never reach the file system', async () => {
  const store = new JournalFiles(newFolder(), 'W1');
  for (const id of ['../../etc', 'inc-20261121-aaaa/../..', ''])
    await assert.rejects(async () => store.append(id, ['x']), RangeError);
  await store.close();
});

test('blobs are read back whole or not at all', async () => {
  const folder = newFolder();
  const store = new JournalFiles(folder, 'W1');
  const bytes = new TextEncoder().encode('docker logs …');
  const name = await store.putBlob(incidentId, bytes);
  assert.equal(await store.putBlob(incidentId, bytes), name);
  assert.deepEqual(new Uint8Array((await store.readBlob(incidentId, name)) ?? []), bytes);
  assert.equal(await store.readBlob(incidentId, '../W1.ndjson'), undefined);
  fs.appendFileSync(path.join(folder, 'incidents', incidentId, 'blobs', name), '!');
  assert.equal(await store.readBlob(incidentId, name), undefined);
  await store.close();
});

test('another window hears of an append, and of a new incident, but not of its own', async () => {
  const folder = newFolder();
  const [a, b] = [new JournalFiles(folder, 'W1'), new JournalFiles(folder, 'W2')];
  const heard = { a: 0, b: 0 };
  a.onDidChangeOthers(() => heard.a++);
  b.onDidChangeOthers(() => heard.b++);
  await Promise.all([a.start(), b.start()]);
  const [one = '', two = ''] = noteLines(2);
  await a.append(incidentId, [one]);
  await until(() => heard.b > 0);
  const before = heard.b;
  await a.append(incidentId, [two]);
  await until(() => heard.b > before);
  assert.equal(heard.a, 0);
  await Promise.all([a.close(), b.close()]);
});

interface WriterRun {
  readonly acknowledged: number;
  readonly errors: readonly string[];
}

interface WriterOptions {
  readonly killAfterMs?: number;
  readonly limitKiB?: number;
  readonly mode?: 'recover';
}

function runWriter(folder: string, writer: string, options: WriterOptions): Promise<WriterRun> {
  const script = path.join(import.meta.dirname, 'journal', 'writerProcess.ts');
  const command = [process.execPath, script, folder, incidentId, writer, '300', options.mode ?? ''];
  const child =
    options.limitKiB === undefined
      ? spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `ulimit -S -f ${options.limitKiB}; exec "$@"`, 'bash', ...command], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
  return new Promise(resolve => {
    let text = '';
    let isArmed = false;
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (isArmed || options.killAfterMs === undefined) return;
      isArmed = true;
      setTimeout(() => child.kill('SIGKILL'), options.killAfterMs);
    });
    child.on('close', () => {
      const said = text.split('\n');
      resolve({
        acknowledged: said.filter(line => /^ack \d+$/.test(line)).length,
        errors: said.filter(line => line.startsWith('error ')),
      });
    });
  });
}

test('kill -9 at random moments, two windows at once: every acknowledged event is there', async () => {
  const folder = newFolder();
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 8; round++) {
    const writers = [`A${round}`, `B${round}`];
    const runs = await Promise.all(
      writers.map(writer => runWriter(folder, writer, { killAfterMs: Math.random() * 60 })),
    );
    for (const [index, run] of runs.entries()) acknowledged.set(writers[index] ?? '', run.acknowledged);
  }
  const { events, problems } = await eventsIn(folder);
  let total = 0;
  for (const [writer, count] of acknowledged) {
    total += count;
    const seqs = events.filter(({ w }) => w === writer).map(({ s }) => s);
    assert.deepEqual(
      seqs.slice(0, count),
      Array.from({ length: count }, (_, index) => index + 1),
      writer,
    );
    assert.ok(seqs.length <= count + 1, `${writer}: more than the one event in flight`);
  }
  assert.ok(total >= 16, `only ${total} acknowledged`);
  assert.ok(
    problems.every(problem => /not a whole line/.test(problem)),
    problems.join('\n'),
  );
});

test('a file that may not grow: what was acknowledged is readable, the refusal is told', async t => {
  if (process.platform === 'win32') return t.skip('file size limits are a POSIX thing');
  const folder = newFolder();
  const { acknowledged, errors } = await runWriter(folder, 'W1', { limitKiB: 20 });
  assert.deepEqual(errors, [
    'error The incident journal cannot be saved: the file has reached the size limit.',
  ]);
  const { events } = await eventsIn(folder);
  assert.ok(acknowledged > 10);
  assert.equal(events.length, acknowledged);
});

test('when the disk finds room again the torn piece is cut off and the next lines stand on their own', async t => {
  if (process.platform !== 'linux') return t.skip('lifting the limit of a running process needs Linux');
  const folder = newFolder();
  const { acknowledged, errors } = await runWriter(folder, 'W1', { limitKiB: 20, mode: 'recover' });
  assert.equal(errors.length, 1);
  const { events, problems } = await eventsIn(folder);
  assert.deepEqual(
    events.map(({ s }) => s),
    Array.from({ length: acknowledged }, (_, index) => index + 1),
  );
  assert.ok(fs.statSync(fileOf(folder, 'W1')).size > 20 << 10);
  assert.deepEqual(problems, []);
});
