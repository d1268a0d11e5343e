import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyFromRunbooks } from '../../../src/domain/incident/policy.ts';
import { replay } from '../../../src/domain/incident/replay.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import type { Runbook } from '../../../src/domain/runbook/model.ts';
import { EventMaker, startMs } from '../incident/makeEvents.ts';
import { seedRunbooks } from '../incident/seedRunbooks.ts';

/** The incident that the first seed is about, as its journal would hold it: an alert, a restart, over midnight. */
function journal(runbooks: readonly Runbook[]): EventMaker {
  const made = new EventMaker();
  const policy = policyFromRunbooks(runbooks, { timeZone: 'Europe/Berlin' });
  const probe = { service: 'testgen', title: 'TestGen', reason: 'status 503' };
  const night = 12.95 * 3600;
  made.add('probe.changed', { ...probe, from: 'up', to: 'down' }, night);
  made.add(
    'alert.firing',
    { alert: 'down', service: 'testgen', reason: 'status 503', blocked: [] },
    night + 60,
  );
  const declared = {
    title: 'TestGen answers 503',
    severity: 2,
    services: ['testgen'],
    isDrill: false,
    policy,
  };
  made.add('incident.declared', declared, night + 120);
  made.add('role.assumed', { role: 'Incident Commander', person: 'Kim' }, night + 120);
  made.add('status.changed', { status: 'acknowledged' }, night + 130);
  made.add('severity.changed', { severity: 1 }, night + 200);
  const step = {
    run: 'r1',
    stepId: 's1',
    command: 'docker-compose restart testgen',
    title: 'Restart',
    isMutating: true,
    services: ['testgen'],
    startedAt: new Date(startMs + (night + 300) * 1000).toISOString(),
    tookMs: 4_000,
    exit: 0,
  };
  made.add('step.finished', step, night + 304);
  made.add('probe.changed', { ...probe, from: 'down', to: 'up', reason: '' }, night + 310);
  made.add('alert.resolved', { alert: 'down', service: 'testgen', reason: '', blocked: [] }, night + 320);
  made.add('note.added', { text: 'TODO: alert before the pool is empty' }, night + 400);
  made.add('status.changed', { status: 'resolved' }, night + 900);
  return made;
}

const options = { timeZone: 'Europe/Berlin', nowMs: startMs + 24 * 3_600_000 };

test('the first seed has no template of its own: its review is the built-in one, word for word', t => {
  const [down] = seedRunbooks() ?? [];
  if (down === undefined) return t.skip('../shared/seeds is absent');
  const incident = replay(journal([down]).events);
  assert.equal(incident.policy.reviewTemplate, undefined);
  assert.equal(fillReview(builtInTemplate, incident, options).text, golden);
});

test('with both seeds the same journal fills the second one’s template, and nothing is in it that no event tells', t => {
  const runbooks = seedRunbooks();
  if (runbooks === undefined) return t.skip('../shared/seeds is absent');
  const incident = replay(journal(runbooks).events);
  const template = parseTemplate(incident.policy.reviewTemplate ?? assert.fail('no template'));
  const { text } = fillReview(template, incident, options);
  const own = new Set(template.blocks.flatMap(block => block.text.split('\n')));
  const told = text.split('\n').filter(line => line !== '' && !own.has(line));
  assert.deepEqual(told, [
    '# Post-Incident Review: TestGen answers 503',
    ...['- **Date**', '- **Duration**', '- **Severity**', '- **Incident Commander**'].map(
      label => golden.split('\n').find(line => line.startsWith(label)) ?? '',
    ),
    ...golden.split('\n').filter(line => /^\| (?:\d|2026)/.test(line)),
    '1. 00:02 `docker-compose restart testgen` (exit 0)',
    '- {What Went Well}',
    '- {What Could Be Improved}',
    '- [ ] alert before the pool is empty - Assigned to {Person} - Due {Date}',
  ]);
});

test('all 37 boxes of the seeds are classified: tasks, conditions, and the pattern of the review’s action items', t => {
  const runbooks = seedRunbooks();
  if (runbooks === undefined) return t.skip('../shared/seeds is absent');
  const boxes = runbooks.map(runbook =>
    runbook.checklist.map(({ role, range }) => `${role} ${range.startLine}`),
  );
  const template = parseTemplate(policyFromRunbooks(runbooks, { timeZone: 'UTC' }).reviewTemplate ?? '');
  const patterns = template.blocks.filter(({ kind, text }) => kind === 'task' && text.includes('[ ]'));
  const lines = (from: number, to: number, role = 'task') =>
    Array.from({ length: to - from + 1 }, (_, index) => `${role} ${from + index}`);
  assert.deepEqual(boxes, [
    [
      ...lines(17, 19),
      ...lines(35, 37),
      ...lines(258, 261, 'condition'),
      ...lines(271, 274),
      ...lines(280, 283),
      ...lines(287, 290),
      ...lines(294, 297),
    ],
    [...lines(307, 310), ...lines(362, 366)],
  ]);
  assert.equal(boxes.flat().length + patterns.length, 37);
});

const golden = `# Post-Incident Review: TestGen answers 503

## At a Glance
- **Incident**: inc-20261121-k7qd
- **Date**: 2026-11-21
- **Duration**: 2026-11-21 23:57 - 2026-11-22 00:12 Europe/Berlin (15m)
- **Severity**: SEV-1 (initially SEV-2)
- **Incident Commander**: Kim
- **Affected Services**: testgen

## Impact
- **Who noticed, and how**: {Effect on users}
- **How many**: {Number of users or requests}

## Timeline
| Time | Event | Action Taken |
|------|-------|--------------|
| 23:57 | Alert: testgen is down: status 503 |  |
| 23:59 | Incident declared: TestGen answers 503 (SEV-2) |  |
| 23:59 | Kim took over as Incident Commander |  |
| 23:59 | Status: acknowledged |  |
| 2026-11-22 00:00 | Severity changed to SEV-1 |  |
| 00:02 | TestGen is up after 10 s | docker-compose restart testgen (exit 0) |
| 00:03 | Action item: alert before the pool is empty |  |
| 00:12 | Status: resolved |  |

## Root Cause
{What made this possible, and what set it off}

## Resolution
1. 00:02 \`docker-compose restart testgen\` (exit 0)

## What We Learned
- **Went well**: {What helped}
- **Could go better**: {What held us up}
- **Where we got lucky**: {What could have made it worse}

## Action Items
- [ ] alert before the pool is empty - Assigned to {Person} - Due {Date}
`;
