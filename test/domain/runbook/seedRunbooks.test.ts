import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CommandStep, Runbook } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { readSeed } from './seeds.ts';

const MINUTE = 60_000;

function seeds(t: TestContext): { down: Runbook; response: Runbook } | undefined {
  const down = readSeed('service-down');
  const response = readSeed('incident-response');
  if (down === undefined || response === undefined) {
    t.skip('../shared/seeds is absent');
    return undefined;
  }
  return {
    down: parseRunbook('service-down.md', down),
    response: parseRunbook('incident-response.md', response),
  };
}

function commands(...runbooks: readonly Runbook[]): CommandStep[] {
  return runbooks.flatMap(({ steps }) => steps.flatMap(step => (step.kind === 'command' ? [step] : [])));
}

function tally<T extends string>(values: readonly T[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

test('28 shell fences of the seeds give 111 commands, six of them over several lines', t => {
  const found = seeds(t);
  if (!found) return;
  const runnable = [found.down, found.response].map(book => book.blocks.filter(block => block.isRunnable));
  assert.deepEqual(
    runnable.map(blocks => blocks.length),
    [14, 14],
  );
  assert.equal(commands(found.down).length, 49);
  assert.equal(commands(found.response).length, 62);
  const spanning = commands(found.down, found.response).filter(step => step.command.includes('\n'));
  assert.deepEqual(
    spanning.map(step => step.range.startLine),
    [134, 235, 83, 208, 240, 244],
  );
  assert.deepEqual(
    commands(found.down, found.response).filter(step => step.broken),
    [],
  );
});

test('seed commands have the tabled risks and modes', t => {
  const found = seeds(t);
  if (!found) return;
  const all = commands(found.down, found.response);
  assert.deepEqual(tally(all.map(step => step.risk)), { read: 81, change: 26, destroy: 4 });
  assert.deepEqual(tally(all.map(step => step.mode)), { once: 99, stream: 8, tty: 4 });
  assert.deepEqual(
    all.filter(step => step.risk === 'destroy').map(step => step.range.startLine),
    [172, 178, 191, 224],
  );
  assert.deepEqual(
    all.filter(step => step.isEnvironmentMutating).map(step => step.range.startLine),
    [257, 260, 263],
  );
  assert.deepEqual(
    all.filter(step => step.mode === 'tty').map(step => step.range.startLine),
    [201, 105, 106, 184],
  );
});

test('comments without a command are manual steps, and their address is a link', t => {
  const found = seeds(t);
  if (!found) return;
  const manual = [found.down, found.response].flatMap(({ steps }) =>
    steps.filter(step => step.kind === 'manual'),
  );
  assert.deepEqual(
    manual.map(step => step.range.startLine),
    [156, 31, 51, 204, 229, 266, 285],
  );
  assert.equal(manual[2]?.title, 'Review metrics dashboard');
  assert.equal(manual[2]?.link, 'http://grafana:3000/d/testgen-overview');
});

test('one comment over several commands makes a group', t => {
  const found = seeds(t);
  if (!found) return;
  const [first, second] = commands(found.down).filter(
    step => step.range.startLine === 110 || step.range.startLine === 111,
  );
  assert.deepEqual(first?.group, { title: 'Restart with more memory', index: 1, count: 2 });
  assert.deepEqual(second?.group, { title: 'Restart with more memory', index: 2, count: 2 });
  assert.equal(
    commands(found.response).find(step => step.range.startLine === 60)?.title,
    '1. Check if containers are running',
  );
  assert.equal(
    new Set(
      [...commands(found.down), ...commands(found.response)].map(step => `${step.headingPath}/${step.title}`),
    ).size,
    111,
  );
});

test('remarks behind commands are notes and no part of the command', t => {
  const found = seeds(t);
  if (!found) return;
  const noted = commands(found.response).filter(step => step.note !== undefined);
  assert.deepEqual(
    noted.map(step => [step.range.startLine, step.command, step.note]),
    [
      [73, 'curl http://localhost:6379/', 'Redis'],
      [74, 'ping prometheus', 'Prometheus'],
      [184, 'vim .env', 'Add required values'],
      [260, 'export LLM_RATE_LIMIT=10', 'requests per minute'],
    ],
  );
});

test('the seeds hold no gap in any command, and one unset variable', t => {
  const found = seeds(t);
  if (!found) return;
  const all = commands(found.down, found.response);
  assert.deepEqual(
    all.flatMap(step => step.holes),
    [],
  );
  assert.deepEqual([...new Set(all.flatMap(step => step.variables))], ['OPENAI_API_KEY']);
});

test('35 boxes outside fences are a checklist, four of them conditions', t => {
  const found = seeds(t);
  if (!found) return;
  const items = [...found.down.checklist, ...found.response.checklist];
  assert.equal(items.length, 35);
  assert.deepEqual(
    items.filter(item => item.role === 'condition').map(item => item.range.startLine),
    [258, 259, 260, 261],
  );
  assert.deepEqual(
    [...new Set(items.map(item => item.dueMs))],
    [undefined, 60 * MINUTE, 1440 * MINUTE, 10_080 * MINUTE],
  );
});

test('four templates with 6, 6, 7 and 22 placeholders, their channel, cadence and path', t => {
  const found = seeds(t);
  if (!found) return;
  const [declaration, update, resolution, review] = found.response.templates;
  assert.deepEqual(
    found.response.templates.map(one => one.placeholders.length),
    [6, 6, 7, 22],
  );
  assert.deepEqual(
    found.response.templates.map(one => one.kind),
    ['declaration', 'update', 'resolution', 'review'],
  );
  assert.equal(declaration?.channel, '#incidents');
  assert.match(declaration?.body ?? '', /^ðŸš¨ \*\*INCIDENT DECLARED/);
  assert.equal(update?.cadenceMs, 30 * MINUTE);
  assert.deepEqual(update?.cadenceLevels, [1, 2]);
  assert.match(resolution?.body ?? '', /^âœ…/);
  assert.equal(review?.outputPath, 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md');
  assert.match(review?.body ?? '', /^# Post-Incident Review: \{Incident Title\}\n/);
});

test('severity levels, escalation levels and contacts are read', t => {
  const found = seeds(t);
  if (!found) return;
  assert.deepEqual(
    found.response.severities.map(({ level, name, tagline, responseMs }) => [
      level,
      name,
      tagline,
      responseMs,
    ]),
    [
      [1, 'Critical', 'Service Down', 5 * MINUTE],
      [2, 'High', 'Significant Impact', 15 * MINUTE],
      [3, 'Medium', 'Minor Impact', 60 * MINUTE],
      [4, 'Low', 'Minimal Impact', undefined],
    ],
  );
  assert.deepEqual(
    found.response.escalation.map(({ label, who, afterMs, respondWithinMs }) => [
      label,
      who,
      afterMs,
      respondWithinMs,
    ]),
    [
      ['L1', 'On-call Engineer', undefined, 5 * MINUTE],
      ['L2', 'Lead Engineer', 30 * MINUTE, undefined],
      ['L3', 'Engineering Manager', 60 * MINUTE, undefined],
      ['L4', 'Director/VP Engineering', undefined, undefined],
    ],
  );
  assert.deepEqual(
    found.response.contacts.map(one => one.isUnset),
    [true, true, true, true, true, true],
  );
  assert.deepEqual(
    found.down.contacts.map(one => [one.role, one.isUnset]),
    [
      ['Primary', false],
      ['Secondary', false],
      ['Management', false],
    ],
  );
});

test('alert information, symptoms, time budgets, links and log paths are read', t => {
  const found = seeds(t);
  if (!found) return;
  assert.deepEqual(found.down.alert, {
    name: 'TestGenServiceDown',
    severity: 'Critical',
    thresholdText: 'Service unreachable for > 1 minute',
    thresholdMs: MINUTE,
    impact: 'Users cannot generate tests or run security scans',
    line: 9,
  });
  const down = found.down.sections[0]?.sections ?? [];
  assert.deepEqual(down.map(section => section.budgetMs).filter(Boolean), [
    { from: 0, to: 5 * MINUTE },
    { from: 5 * MINUTE, to: 15 * MINUTE },
  ]);
  const issues = down.find(section => section.title === 'Common Issues and Solutions')?.sections ?? [];
  assert.deepEqual(
    issues.map(issue => issue.symptoms.length),
    [3, 3, 3, 2],
  );
  const scenarios =
    found.response.sections[0]?.sections.find(one => one.title === 'Common Incident Scenarios')?.sections ??
    [];
  assert.deepEqual(
    scenarios.map(one => one.symptoms.map(symptom => symptom.text)),
    [
      ['Health checks failing', 'containers exiting'],
      ['Memory alerts', 'slow response times', 'OOM kills'],
      ['Generation failures', 'timeout errors', 'quota exceeded'],
      ['500 errors', 'database connection failures'],
    ],
  );
  assert.deepEqual(tally(found.response.links.map(link => link.kind)), { web: 3, log: 3 });
  assert.deepEqual(
    found.down.links.map(link => link.line),
    [324, 325, 326, 327],
  );
});
