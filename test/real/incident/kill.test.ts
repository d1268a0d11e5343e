import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { JournalFiles } from '../../../src/adapters/journalFiles.ts';
import { eventId } from '../../../src/domain/incident/events.ts';
import { JournalReader } from '../../../src/domain/incident/journalReader.ts';
import { replay } from '../../../src/domain/incident/replay.ts';

/** `WATCHKEEPER_KILLS=200` for the long run; the extension host itself is killed in the workbench's tests. */
const kills = Number(process.env['WATCHKEEPER_KILLS'] ?? 60);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-kill-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Life {
  readonly incident: string | undefined;
  readonly acknowledged: readonly string[];
  readonly errors: readonly string[];
}

/** Runs a window until `afterMs` past its first acknowledgement, then kills it without warning. */
function live(writer: string, incident: string | undefined, afterMs: number): Promise<Life> {
  const script = path.join(import.meta.dirname, 'windowProcess.ts');
  const rest = incident === undefined ? [] : [incident];
  const child = spawn(process.execPath, [script, folder, writer, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise(resolve => {
    let said = '';
    let isArmed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (isArmed || !said.includes('ack ')) return;
      isArmed = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('close', () => {
      const lines = said.split('\n').slice(0, -1);
      const after = (word: string) =>
        lines.filter(line => line.startsWith(`${word} `)).map(line => line.slice(word.length + 1));
      resolve({ incident: after('incident')[0], acknowledged: after('ack'), errors: after('error') });
    });
  });
}

test(`${kills} windows killed at random moments of one incident lose no acknowledged event`, async () => {
  const first = await live('W000', undefined, 5);
  const incident = first.incident ?? '';
  const lives = [first];
  // Two at a time: another window's death must not matter to the one beside it.
  for (let n = 1; n < kills; n += 2) {
    const names = [n, n + 1].map(index => `W${String(index).padStart(3, '0')}`);
    lives.push(...(await Promise.all(names.map(name => live(name, incident, Math.random() * 40)))));
  }
  const store = new JournalFiles(folder, 'READER');
  const { lines, problems } = await store.read(incident);
  const reader = new JournalReader(text => hash('sha256', text, 'hex'));
  const events = reader.add(lines);
  const state = replay(events, [...problems, ...reader.problems]);
  const there = new Set(events.map(eventId));
  const acknowledged = lives.flatMap(life => life.acknowledged);
  assert.deepEqual(
    lives.flatMap(life => life.errors),
    [],
  );
  assert.deepEqual(
    acknowledged.filter(id => !there.has(id)),
    [],
  );
  assert.ok(acknowledged.length >= kills, `only ${acknowledged.length} acknowledged`);
  // What may be unreadable is the one line each of them was writing when it was killed.
  assert.ok(
    state.journalProblems.every(problem => /not a whole line/.test(problem)),
    state.journalProblems.join('\n'),
  );
  for (const event of events)
    if (event.t === 'evidence.added' && event.b.sha256 !== undefined)
      assert.ok(await store.readBlob(incident, event.b.sha256), `evidence ${event.b.sha256} is gone`);
  console.log(
    `${lives.length} killed, ${acknowledged.length} acknowledged, ${events.length} read, ${state.journalProblems.length} torn tails`,
  );
  await store.close();
});
