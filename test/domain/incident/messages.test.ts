import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { toPlainMessage, toSlackMrkdwn } from '../../../src/domain/incident/chatText.ts';
import { handoverBrief } from '../../../src/domain/incident/handover.ts';
import { fillMessage } from '../../../src/domain/incident/messages.ts';
import { replay } from '../../../src/domain/incident/replay.ts';
import { tickProposals } from '../../../src/domain/incident/tickProposals.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { EventMaker, incidentId, startMs } from './makeEvents.ts';
import { seedRunbooks } from './seedRunbooks.ts';

const minute = 60_000;

function told(): EventMaker {
  const made = new EventMaker();
  made.declare(0);
  made.add('role.assumed', { role: 'Incident Commander', person: 'Kim Example' }, 1);
  made.add(
    'probe.changed',
    { service: 'redis', title: 'redis', from: 'up', to: 'down', reason: 'connection refused' },
    5,
  );
  made.add('note.added', { text: 'H: out of memory' }, 60);
  const facts = {
    run: 'r1',
    stepId: 's1',
    command: 'docker-compose restart redis',
    title: 'Restart redis',
    isMutating: true,
    services: ['redis'],
    startedAt: new Date(startMs + 300_000).toISOString(),
    tookMs: 3_000,
    exit: 0,
  };
  made.add('step.finished', facts, 303);
  made.add('container.event', { container: 'redis-1', action: 'start', service: 'redis' }, 302);
  made.add('probe.changed', { service: 'redis', title: 'redis', from: 'down', to: 'up', reason: '' }, 307);
  return made;
}

const context = { nowMs: startMs + 10 * minute, timeZone: 'UTC' };

test('the declaration of the seed is filled but for what nobody said', t => {
  const template = seedRunbooks()?.[1].templates.find(({ kind }) => kind === 'declaration');
  if (template === undefined) return t.skip('../shared/seeds is absent');
  const message = fillMessage(template, replay(told().events), context);
  assert.equal(message.channel, '#incidents');
  assert.deepEqual(message.open, ['{Brief description of user impact}']);
  const lines = message.text.split('\n');
  assert.equal(lines[0], '🚨 **INCIDENT DECLARED** - SEV-1');
  assert.ok(lines.includes('**Started**: 2026-11-21 10:00 UTC'));
  assert.ok(lines.includes('**Incident Commander**: Kim Example'));
  assert.ok(lines.includes('**Next Update**: 2026-11-21 10:40 UTC'));
  assert.ok(lines.includes(`#incident #${incidentId}`));
  const withImpact = fillMessage(template, replay(told().events), {
    ...context,
    impact: 'no tests are generated',
  });
  assert.deepEqual(withImpact.open, []);
});

test('the templates of the demo are filled, the next update by the interval of the severity', () => {
  const file = path.resolve(import.meta.dirname, '../../../demo/docs/runbooks/incident-response.md');
  const { templates } = parseRunbook('incident-response.md', fs.readFileSync(file, 'utf8'));
  const made = told();
  made.add('status.changed', { status: 'resolved' }, 400);
  const filled = (kind: string) => {
    const template = templates.find(one => one.kind === kind) ?? assert.fail(`no ${kind}`);
    return fillMessage(template, replay(made.events), context);
  };
  assert.match(filled('declaration').text, /\*\*Next update\*\*: 2026-11-21 10:40 UTC/);
  assert.deepEqual(filled('declaration').open, ['{What people see}']);
  assert.equal(filled('declaration').channel, '#incidents');
  for (const kind of ['declaration', 'update', 'resolution'])
    assert.doesNotMatch(filled(kind).text, /^#/m, 'a line about the message would be sent');
  assert.match(filled('update').text, /\*\*Done\*\*: \n- 10:05 docker-compose restart redis/);
  assert.match(filled('update').text, /\*\*Doing\*\*: Checking: out of memory\n/);
  assert.deepEqual(filled('resolution').open, ['{In one sentence}']);
  assert.match(filled('resolution').text, /\*\*Duration\*\*: 6m/);
  made.add('severity.changed', { severity: 4 }, 500);
  assert.deepEqual(filled('declaration').open, ['{What people see}', '{Time}']);
});

test('the update tells what was done since the last message, and never guesses when it ends', t => {
  const template = seedRunbooks()?.[1].templates.find(({ kind }) => kind === 'update');
  if (template === undefined) return t.skip('../shared/seeds is absent');
  const made = told();
  const first = fillMessage(template, replay(made.events), context);
  assert.match(first.text, /^📊 \*\*INCIDENT UPDATE\*\* - SEV-1 - #inc-/);
  assert.match(
    first.text,
    /\*\*Progress\*\*: \n- 10:05 docker-compose restart redis \(exit 0\): redis is up after 7 s/,
  );
  assert.match(first.text, /\*\*Current Focus\*\*: Checking: out of memory/);
  assert.deepEqual(first.open, ['{Expected resolution time or next milestone}']);
  made.add('comms.sent', { kind: 'update' }, 600);
  const second = fillMessage(template, replay(made.events), context);
  assert.deepEqual(second.open, ['{What has been done}', '{Expected resolution time or next milestone}']);
});

test('the resolution names the step after which it recovered, and the cause only when a person confirmed it', t => {
  const template = seedRunbooks()?.[1].templates.find(({ kind }) => kind === 'resolution');
  if (template === undefined) return t.skip('../shared/seeds is absent');
  const made = told();
  made.add('status.changed', { status: 'resolved' }, 42 * 60);
  const before = fillMessage(template, replay(made.events), context);
  assert.ok(before.open.includes('{Brief explanation}'));
  assert.match(
    before.text,
    /\*\*Resolution\*\*: docker-compose restart redis \(exit 0\): redis is up after 7 s/,
  );
  assert.match(before.text, /\*\*Duration\*\*: 41m/);
  made.add('hypothesis.judged', { target: 'W1:4', verdict: 'confirmed' }, 43 * 60);
  const after = fillMessage(template, replay(made.events), { ...context, reviewAtMs: startMs + 86_400_000 });
  assert.match(after.text, /\*\*Root Cause\*\*: out of memory/);
  assert.match(after.text, /\*\*Follow-up\*\*: Post-incident review scheduled for 2026-11-22 10:00 UTC/);
  assert.deepEqual(after.open, ['{Number of users/requests affected}']);
});

test('a drill says so in its first line, and text that looks like a placeholder is not filled again', () => {
  const made = new EventMaker();
  made.declare(0);
  made.add('title.changed', { title: '{incident-id}' }, 1);
  const incident = { ...replay(made.events), isDrill: true };
  const template = {
    id: 't',
    kind: 'other' as const,
    title: '',
    body: '{Title} {Unknown thing}',
    channel: undefined,
    cadenceMs: undefined,
    cadenceLevels: [],
    outputPath: undefined,
    range: { startLine: 1, endLine: 1, start: 0, end: 1 },
    placeholders: ['{Title}', '{Unknown thing}'],
  };
  const message = fillMessage(template, incident, context);
  assert.deepEqual(
    [message.text, message.open],
    ['[DRILL] {incident-id} {Unknown thing}', ['{Unknown thing}']],
  );
});

const slack: readonly (readonly [string, string])[] = [
  ['**bold** and *italic*', '*bold* and _italic_'],
  ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ['<!channel> @here', '&lt;!channel&gt; @\u2060here'],
  ['## Title', '*Title*'],
  ['- one\n- two', '• one\n• two'],
  ['[report](https://x.example/a)', '<https://x.example/a|report>'],
  ['`a ** b` **c**', '`a ** b` *c*'],
  ['```\n**x** < y\n```', '```\n**x** &lt; y\n```'],
  ['🚨 **INCIDENT DECLARED** - SEV-1', '🚨 *INCIDENT DECLARED* - SEV-1'],
];
for (const [markdown, expected] of slack)
  test(`for Slack: ${JSON.stringify(markdown)}`, () => assert.equal(toSlackMrkdwn(markdown), expected));

test('as plain text a message has no marks left', () => {
  assert.equal(
    toPlainMessage('# A\n**Impact**: *big* [report](https://x.example) `cmd`\n```bash\nls\n```'),
    'A\nImpact: big report (https://x.example) cmd\nls\n',
  );
});

test('the brief holds state, people, steps, hypotheses and the next deadline', () => {
  const made = told();
  made.add('note.added', { text: '? who owns redis' }, 320);
  made.add('note.added', { text: 'TODO: raise maxmemory' }, 321);
  const brief = handoverBrief(replay(made.events), context);
  for (const line of [
    `# TestGen is down (${incidentId})`,
    'SEV-1, investigating, since 2026-11-21 10:00 UTC (9m)',
    '- redis: up since 10:05',
    '- Incident Commander: Kim Example since 10:00',
    '- 10:05 docker-compose restart redis (exit 0): redis is up after 7 s',
    '- out of memory',
    '- who owns redis',
    '- raise maxmemory',
    '- Response: 10:05, overdue by 5m',
  ])
    assert.ok(brief.split('\n').includes(line), `${line}\n\n${brief}`);
  assert.doesNotMatch(brief, /## (?:Confirmed|Ruled out)/);
});

test('ticks are proposed only on proof', t => {
  const seeds = seedRunbooks();
  if (seeds === undefined) return t.skip('../shared/seeds is absent');
  const checklist = seeds.flatMap(({ checklist: items }) => items);
  const proposed = (made: EventMaker, minutes: number) =>
    tickProposals(checklist, replay(made.events), startMs + minutes * minute).map(({ text }) => text);
  const bare = new EventMaker();
  bare.declare();
  assert.deepEqual(proposed(bare, 1), []);
  assert.deepEqual(proposed(bare, 31), ['Service cannot be restored within 30 minutes']);
  const made = told();
  assert.deepEqual(proposed(made, 6), ['Restart service container']);
  made.add('status.changed', { status: 'acknowledged' }, 330);
  made.add('comms.sent', { kind: 'declaration' }, 340);
  made.add('status.changed', { status: 'resolved' }, 400);
  made.add('comms.sent', { kind: 'resolution' }, 410);
  assert.deepEqual(proposed(made, 12), [
    'Acknowledge the alert in monitoring system',
    'Notify team in incident channel',
    'Restart service container',
    'Notify stakeholders',
    'Verify service is fully operational',
    'Communicate resolution to stakeholders',
    'Verify service is fully operational',
    'Notify stakeholders of resolution',
  ]);
  const restart = checklist.find(({ text }) => text === 'Restart service container');
  made.add('check.ticked', { item: restart?.id ?? '', text: 'Restart service container' }, 420);
  assert.ok(!proposed(made, 12).includes('Restart service container'));
});
