import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import type { ReviewTemplate } from '../../../src/domain/review/model.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import { sampleIncident } from './sample.ts';

const seedFile = path.resolve(import.meta.dirname, '../../../../shared/seeds/incident-response.md');
const options = { timeZone: 'UTC', nowMs: Date.parse('2026-11-21T12:00:00Z') };

function seedTemplateText(): string | undefined {
  if (!fs.existsSync(seedFile)) return undefined;
  const seed = fs.readFileSync(seedFile, 'utf8').replace(/\r\n/g, '\n');
  return /```markdown\n(# Template:[^\n]*\n[\s\S]*?)\n```/.exec(seed)?.[1];
}

/** Headings, labels and table heads in order: what a reader recognises their template by. */
function shapeOf(text: string): string[] {
  return text.split('\n').flatMap(line => {
    if (line.startsWith('#')) return [line.replace(/: .*$/, ':')];
    if (/^\|\s*(?:Time\b|-)/.test(line)) return [line];
    const label = /^- [^:{[]{1,60}:\*{0,2}/.exec(line)?.[0];
    return label === undefined ? [] : [label];
  });
}

test('the seed template comes back with its headings, labels and order to the letter, without its samples', t => {
  const text = seedTemplateText();
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const review = fillReview(parseTemplate(text), sampleIncident(), options).text;
  const body = text.slice(text.indexOf('\n')).trimStart();
  assert.deepEqual(shapeOf(review), shapeOf(body));
  assert.equal(shapeOf(body).length, 23);
  for (const sample of [
    'Alert fired',
    'Root cause identified',
    'Service restored',
    'Quick detection',
    'Better runbook',
  ]) {
    assert.ok(body.includes(sample), `the seed has ${sample}`);
    assert.ok(!review.includes(sample), `the review has ${sample}`);
  }
});

test('the seed template is filled with facts and keeps the literal placeholder for the rest', t => {
  const text = seedTemplateText();
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const { text: review, unfilled } = fillReview(parseTemplate(text), sampleIncident(), options);
  const lines = review.split('\n');
  const expected = [
    '# Post-Incident Review: PostgreSQL down',
    '- **Date**: 2026-11-21',
    '- **Duration**: 2026-11-21 10:00 - 10:42 UTC (42m)',
    '- **Severity**: SEV-1 (initially SEV-2)',
    '- **Incident Commander**: Sam → Kim',
    '- **Users Affected**: {Number}',
    '- **Requests Failed**: {Number}',
    '- **Revenue Impact**: {Amount if applicable}',
    '| 10:01 | PostgresDown fired |  |',
    '| 10:12 | disk \\| was full<br>see df |  |',
    '{Detailed explanation of what went wrong}',
    '1. 10:09 `docker-compose restart postgres` (exit 0)',
    '- {What Went Well}',
    '- {What Could Be Improved}',
    '- [ ] Alert on disk use - Assigned to Kim - Due 2026-11-28',
    '- [x] Rotate logs - Assigned to {Person} - Due {Date}',
    '- Technical debt: {Details}',
  ];
  assert.deepEqual(
    expected.filter(line => !lines.includes(line)),
    [],
  );
  assert.ok(!review.includes('taken back') && !review.includes('probe failed again'));
  for (const { placeholder, line } of unfilled)
    assert.ok(lines[line - 1]?.includes(placeholder), `line ${line}`);
  assert.equal(unfilled.length, 11);
});

test('with nothing known every placeholder of the template is still there, letter for letter', t => {
  const text = seedTemplateText();
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const empty = sampleIncident({
    title: '',
    entries: [],
    lanes: [],
    milestones: [],
    roles: [],
    actionItems: [],
    services: [],
  });
  const { text: review, unfilled } = fillReview(parseTemplate(text), empty, options);
  const names = unfilled.map(({ placeholder }) => placeholder);
  const body = text.slice(text.indexOf('\n'));
  const all = [...body.matchAll(/\{[^}]+\}/g)].map(match => match[0]).filter(name => name !== '{Level}');
  assert.deepEqual(
    names.filter(name => !name.startsWith('{What Went') && !name.startsWith('{What Could')),
    all,
  );
  assert.ok(review.includes('- **Severity**: SEV-1 (initially SEV-2)'));
});

const templates: readonly (readonly [string, () => ReviewTemplate | undefined])[] = [
  ['built-in', () => builtInTemplate],
  ['seed', () => (seedTemplateText() === undefined ? undefined : parseTemplate(seedTemplateText() ?? ''))],
];

for (const [name, toTemplate] of templates) {
  test(`an ongoing drill on the ${name} template says that it is a drill and that it goes on`, t => {
    const template = toTemplate();
    if (template === undefined) return t.skip('../shared/seeds is absent');
    const incident = sampleIncident({ isDrill: true, status: 'monitoring' });
    const { text } = fillReview(template, incident, options);
    assert.ok(text.startsWith('# Post-Incident Review: [DRILL] PostgreSQL down\n'));
    assert.ok(text.includes('2026-11-21 10:00 UTC - ongoing (2h so far)'));
  });
}
