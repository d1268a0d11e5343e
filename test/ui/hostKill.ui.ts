import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { JournalFiles } from '../../src/adapters/journalFiles.ts';
import { eventId } from '../../src/domain/incident/events.ts';
import { JournalReader } from '../../src/domain/incident/journalReader.ts';
import { replay } from '../../src/domain/incident/replay.ts';
import { Cockpit } from './cockpit.ts';
import { packDriverExtension } from './kill/driverExtension.ts';
import { Lives } from './kill/lives.ts';

/** `WATCHKEEPER_KILLS=200` for the long run, which has two windows: the death of one must not matter to the other. */
const kills = Number(process.env['WATCHKEEPER_KILLS'] ?? 4);
const isLong = kills > 20;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-kill-'));
const lives = new Lives(path.join(folder, 'lives'));
let cockpit: Cockpit;
let windows: readonly Page[] = [];

before(async () => {
  cockpit = await Cockpit.open({
    others: [await packDriverExtension(path.join(folder, 'driver'))],
    env: { WATCHKEEPER_LIVES: lives.folder },
  });
});
after(async () => {
  await cockpit?.close();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Some die while they start and read the journals, the others while they write. */
async function kill(pid: number): Promise<void> {
  if (Math.random() < 0.7) while (lives.read(pid).acknowledged.length === 0) await delay(10);
  await delay(Math.random() * 500);
  process.kill(pid, 'SIGKILL');
}

/** After three deaths in five minutes VS Code asks before it starts the next host. */
async function revive(): Promise<void> {
  for (const page of windows) {
    const button = page.getByRole('button', { name: 'Restart Remote Extension Host' }).first();
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => undefined);
  }
}

test(`${kills} extension hosts killed at random moments of one incident lose no acknowledged event`, {
  timeout: 120_000 + kills * 20_000,
}, async () => {
  await declare();
  windows = isLong ? [cockpit.page, await cockpit.openAnother()] : [cockpit.page];
  const planned = new Map<number, Promise<void>>();
  let killed = 0;
  while (killed < kills) {
    for (const pid of lives.pids()) {
      if (planned.has(pid) || planned.size >= kills) continue;
      planned.set(
        pid,
        kill(pid).then(() => void killed++),
      );
    }
    await revive();
    await delay(20);
  }
  await Promise.all(planned.values());
  await judge([...planned.keys()]);
});

async function declare(): Promise<void> {
  await cockpit.openContainer();
  await cockpit.palette('Watchkeeper: Declare Incident…');
  await cockpit.take('SEV-1');
  await cockpit.page.locator('.quick-input-widget').getByText('What is wrong?').waitFor();
  await cockpit.answer('Scripted');
  const incidents = path.join(cockpit.storagePath, 'incidents');
  while (!fs.existsSync(incidents) || fs.readdirSync(incidents).length === 0) await delay(50);
  lives.begin(fs.readdirSync(incidents)[0] ?? '');
}

async function judge(pids: readonly number[]): Promise<void> {
  const store = new JournalFiles(cockpit.storagePath, 'READER');
  const [incident = ''] = await store.listIncidents();
  const { lines, problems } = await store.read(incident);
  await store.close();
  const reader = new JournalReader(text => hash('sha256', text, 'hex'));
  const events = reader.add(lines);
  const state = replay(events, [...problems, ...reader.problems]);
  const there = new Set(events.map(eventId));
  const all = pids.map(pid => lives.read(pid));
  const acknowledged = all.flatMap(life => life.acknowledged);
  const torn = state.journalProblems;
  console.log(
    `${pids.length} extension hosts killed, ${all.filter(life => life.acknowledged.length > 0).length} of them while writing; ` +
      `${acknowledged.length} events acknowledged, ${events.length} read, ${torn.length} torn tails`,
  );
  assert.deepEqual(
    acknowledged.filter(id => !there.has(id)),
    [],
  );
  assert.deepEqual(
    all.flatMap(life => life.refused),
    [],
  );
  assert.ok(acknowledged.length >= kills, `only ${acknowledged.length} acknowledged`);
  // What may be unreadable is the one line each of them was writing when it was killed.
  assert.deepEqual(
    torn.filter(problem => !/not a whole line/.test(problem)),
    [],
  );
}
