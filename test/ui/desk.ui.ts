// A drill from its declaration to its exports, by mouse and keyboard: what a commander does besides curing. Then the
// extension host is killed in the middle of an incident, again and again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventId } from '../../src/domain/incident/events.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { Cockpit } from './cockpit.ts';
import { writeDeskWorkspace } from './desk/workspace.ts';
import { readIncident } from './journal.ts';
import { packDriverExtension } from './kill/driverExtension.ts';
import { killHosts, revive } from './kill/killHosts.ts';
import { Lives } from './kill/lives.ts';

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-desk-'));
const folder = path.join(temporary, 'testgen');
/** `WATCHKEEPER_KILLS=200` for the long run, which has two windows: the death of one must not matter to the other. */
const kills = Number(process.env['WATCHKEEPER_KILLS'] ?? 4);
const lives = new Lives(path.join(temporary, 'lives'));
let cockpit: Cockpit;

before(async () => {
  writeDeskWorkspace(folder);
  cockpit = await Cockpit.open({
    workspace: folder,
    settings: { 'watchkeeper.incident.yourName': 'Kim' },
    others: [await packDriverExtension(path.join(temporary, 'driver'))],
    env: { WATCHKEEPER_LIVES: lives.folder },
  });
  await cockpit.openContainer();
  await cockpit.row('Runbooks', /^Runbook Incident Response/).waitFor();
});
after(async () => {
  await cockpit?.close();
  fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
});

/** The journal once it says so. */
async function journal(isSo: (state: IncidentState) => boolean): Promise<IncidentState> {
  for (let n = 0; n < 300; n++) {
    const found = await readIncident(cockpit.storagePath);
    if (found && isSo(found.state)) return found.state;
    await delay(100);
  }
  return assert.fail('the journal never said so');
}

/** As a toast, or in the list behind the bell where toasts go after a few seconds. */
async function press(text: RegExp, button: string): Promise<void> {
  const notification = cockpit.page.locator('.notification-list-item').filter({ hasText: text }).first();
  for (let n = 0; !(await notification.isVisible()); n++) {
    if (n > 0 && n % 20 === 0) await cockpit.page.locator('[id="status.notifications"]').click();
    assert.ok(n < 600, `no notification ${text}`);
    await delay(100);
  }
  await notification.hover();
  await notification.getByRole('button', { name: button, exact: true }).click();
}

const clipboard = () => cockpit.page.evaluate<string>('navigator.clipboard.readText()');

test('a drill is declared, and what comes due is said once, with the answer beside it', async () => {
  await cockpit.palette('Watchkeeper: Declare Drill…');
  await cockpit.take('SEV-1');
  await cockpit.page.locator('.quick-input-widget').getByText('What is wrong?').waitFor();
  await cockpit.answer('Redis out of memory');
  await cockpit.seen('Redis out of memory', page =>
    page.getByRole('heading', { name: /Redis out of memory/ }),
  );
  await press(/\[DRILL\] L3 Head of engineering is due/, 'Not Needed…');
  await cockpit.answer('already in the call');
  await press(/\[DRILL\] Response is due/, 'Acknowledge');
  const state = await journal(({ milestones }) => milestones.some(({ name }) => name === 'acknowledged'));
  assert.equal(state.isDrill, true);
  assert.deepEqual(
    state.escalations.map(({ label, state: how, reason }) => [label, how, reason]),
    [['L3', 'waived', 'already in the call']],
  );
});

test('a level of escalation is told from the palette, and a role is handed over with a brief', async () => {
  await cockpit.palette('Watchkeeper: Escalation Done');
  await cockpit.pick(/^L2/);
  await journal(({ escalations }) =>
    escalations.some(({ label, state }) => label === 'L2' && state === 'done'),
  );
  await cockpit.palette('Watchkeeper: Hand Over Role…');
  await cockpit.pick(/^Incident Commander/);
  await cockpit.page.locator('.quick-input-widget').getByText('Who commands from now on?').waitFor();
  await cockpit.answer('Robin');
  const state = await journal(({ roles }) => roles.some(({ person }) => person === 'Robin'));
  assert.deepEqual(
    state.roles.map(({ person, untilMs }) => [person, untilMs === undefined]),
    [
      ['Kim', false],
      ['Robin', true],
    ],
  );
  await cockpit.page
    .locator('.monaco-editor .view-line')
    .filter({ hasText: /\[DRILL\]\s+Redis\s+out\s+of\s+memory/ })
    .waitFor();
});

const messages = [
  ['Declaration', /^\[DRILL\] 🚨 \*INCIDENT\* SEV-1 /, /\*Commander\*: Robin\n\*Next update\*: \d{4}-/],
  ['Update', /^\[DRILL\] 📊 \*UPDATE\* SEV-1 /, /\*Done\*: /],
  ['Resolution', /^\[DRILL\] ✅ \*RESOLVED\* SEV-1 /, /\*Duration\*: /],
] as const;
for (const [title, head, line] of messages)
  test(`the ${title.toLowerCase()} is filled, copied in each form, and remembered as sent`, async () => {
    await cockpit.palette('Watchkeeper: Prepare Message…');
    await cockpit.pick(new RegExp(`^${title}`));
    await press(new RegExp(`^(?!.*Copied).*${title}`), 'Copy for Slack');
    await press(/Copied\. Was it sent\?/, 'Copy Plain Text');
    await eventuallyCopied(/^\[DRILL\] \S+ [A-Z]+ SEV-1/);
    await press(/Copied\. Was it sent\?/, 'Copy for Slack');
    const slack = await eventuallyCopied(head);
    assert.match(slack, line);
    assert.doesNotMatch(slack, /\*\*/);
    await press(/Copied\. Was it sent\?/, 'Copy Markdown');
    await eventuallyCopied(/\*\*[A-Z]+\*\* SEV-1/);
    await press(/Copied\. Was it sent\?/, 'I Sent It');
    await journal(({ messages: sent }) =>
      sent.some(({ kind, state }) => kind === title.toLowerCase() && state === 'sent'),
    );
  });

async function eventuallyCopied(pattern: RegExp): Promise<string> {
  let text = '';
  for (let n = 0; n < 100 && !pattern.test(text); n++) {
    text = await clipboard();
    await delay(50);
  }
  assert.match(text, pattern);
  return text;
}

test('what the facts prove is ticked in one gesture, each tick with its proof', async () => {
  await cockpit.row('Incident', /The facts prove 2 checklist items/).waitFor();
  await cockpit.palette('Watchkeeper: Tick What the Facts Prove');
  await journal(state => Object.keys(state.ticks).length === 2);
  const { events = [] } = (await readIncident(cockpit.storagePath)) ?? {};
  const proofs = events.flatMap(event => (event.t === 'check.ticked' ? [event.b.proof] : []));
  const known = new Set(events.map(eventId));
  assert.ok(proofs.length === 2 && proofs.every(proof => proof !== undefined && known.has(proof)));
});

test('the review is exported as one HTML file, as JSON and as CSV', async () => {
  await cockpit.palette('Watchkeeper: Resolve Incident');
  await press(/Redis out of memory is resolved/, 'Generate Review');
  const { id, review } = await journal(state => state.review !== undefined);
  // What opens takes the keyboard, also from a palette.
  await cockpit.page.getByRole('tab', { name: new RegExp(`${id}\\.md`) }).waitFor();
  const base = path.join(folder, (review?.path ?? '').replace(/\.md$/, ''));
  const commands = [
    ['html', 'Export Review as HTML…'],
    ['json', 'Export Incident as JSON…'],
    ['csv', 'Export Timeline as CSV…'],
  ] as const;
  for (const [ending, command] of commands) {
    await cockpit.palette(`Watchkeeper: ${command}`);
    await cockpit.page.locator('.quick-input-widget').getByText(`Export ${id}`).waitFor();
    await cockpit.page.keyboard.press('Enter');
    for (let n = 0; n < 100 && !fs.existsSync(`${base}.${ending}`); n++) await delay(100);
  }
  const html = fs.readFileSync(`${base}.html`, 'utf8');
  assert.match(html, /<h1>.*\[DRILL\] Redis out of memory/);
  assert.doesNotMatch(html, /(?:src|href)="(?!#|https?:)/);
  assert.doesNotMatch(html, /<script|<link|src="http/);
  assert.equal(JSON.parse(fs.readFileSync(`${base}.json`, 'utf8')).incident.id, id);
  assert.match(fs.readFileSync(`${base}.csv`, 'utf8'), /Incident declared: Redis out of memory/);
});

test('past reviews show the one that is like this incident first, and are searched by any word', async () => {
  await cockpit.palette('Watchkeeper: Declare Incident…');
  await cockpit.take('SEV-1');
  await cockpit.page.locator('.quick-input-widget').getByText('What is wrong?').waitFor();
  await cockpit.answer('Redis refuses writes');
  await cockpit.seen('Redis refuses writes', page =>
    page.getByRole('heading', { name: 'Redis refuses writes' }),
  );
  await cockpit.palette('Watchkeeper: Open Past Reviews…');
  const list = cockpit.page.locator('.quick-input-widget');
  await list.getByText('Like Redis refuses writes').waitFor();
  await list
    .getByRole('option', { name: /ran out of memory.*% alike: .*redis/i })
    .first()
    .waitFor();
  await cockpit.quickInput().fill('renewed');
  await cockpit.take('Certificates ran out');
  await cockpit.page.getByRole('tab', { name: /2026-09-10-inc-20260910-bbbb\.md/ }).waitFor();
});

test(`${kills} extension hosts killed at random moments of one incident lose no acknowledged event`, {
  timeout: 120_000 + kills * 20_000,
}, async () => {
  const { id } = await journal(({ title }) => title === 'Redis refuses writes');
  const windows = kills > 20 ? [cockpit.page, await cockpit.openAnother()] : [cockpit.page];
  lives.begin(id);
  const pids = await killHosts(lives, windows, kills);
  const all = pids.map(pid => lives.read(pid));
  const acknowledged = all.flatMap(life => life.acknowledged);
  const { events = [], state } = (await readIncident(cockpit.storagePath)) ?? {};
  const torn = state?.journalProblems ?? [];
  console.log(
    `${kills} extension hosts killed, ${all.filter(life => life.acknowledged.length > 0).length} while writing: ` +
      `${acknowledged.length} events acknowledged, ${events.length} read, ${torn.length} torn tails`,
  );
  const there = new Set(events.map(eventId));
  assert.deepEqual(
    acknowledged.filter(event => !there.has(event)),
    [],
  );
  assert.deepEqual(
    all.flatMap(life => life.refused),
    [],
  );
  assert.ok(acknowledged.length > 0);
  // What may be unreadable is the one line each of them was writing when it was killed.
  assert.deepEqual(
    torn.filter(problem => !/not a whole line/.test(problem)),
    [],
  );
  const row = cockpit.row('Incident', /Incident Redis refuses writes/);
  while (!(await row.isVisible())) {
    await revive(windows);
    await delay(50);
  }
});
