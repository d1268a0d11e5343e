import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { policyFromRunbooks } from '../../../src/domain/incident/policy.ts';
import { readinessProblems } from '../../../src/domain/incident/readiness.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { seedRunbooks } from './seedRunbooks.ts';

test('the policy of the seeds is what their words say', t => {
  const runbooks = seedRunbooks();
  if (runbooks === undefined) return t.skip('../shared/seeds is absent');
  const policy = policyFromRunbooks(runbooks, { timeZone: 'UTC' });
  assert.deepEqual(
    policy.severities.map(({ label, name, responseMs, updateEveryMs }) => [
      label,
      name,
      responseMs,
      updateEveryMs,
    ]),
    [
      ['SEV-1', 'Critical', 300_000, 1_800_000],
      ['SEV-2', 'High', 900_000, 1_800_000],
      ['SEV-3', 'Medium', 3_600_000, undefined],
      ['SEV-4', 'Low', undefined, undefined],
    ],
  );
  assert.deepEqual(
    policy.escalation.map(({ label, afterMs }) => [label, afterMs]),
    [
      ['L1', undefined],
      ['L2', 1_800_000],
      ['L3', 3_600_000],
      ['L4', undefined],
    ],
  );
  assert.equal(policy.reviewPath, 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md');
  assert.match(policy.reviewTemplate ?? '', /^# Post-Incident Review: \{Incident Title\}/);
  assert.deepEqual(policy.templateSource, { file: 'docs/incident-response.md', line: 313 });
});

test('what the seeds leave open or contradict is told with its line', t => {
  const runbooks = seedRunbooks();
  if (runbooks === undefined) return t.skip('../shared/seeds is absent');
  const found = readinessProblems(runbooks).map(({ file, code, line }) => `${file}:${line} ${code}`);
  assert.deepEqual(found, [
    ...[371, 372, 373, 382, 383, 384].map(line => `docs/incident-response.md:${line} contact-unset`),
    'docs/incident-response.md:12 severity-channel-conflict',
    'docs/incident-response.md:17 severity-gap',
    'docs/incident-response.md:379 escalation-without-time',
    'docs/incident-response.md:362 deadline-missing',
  ]);
});

test('the intervals of a table come before those of a template', () => {
  const file = path.resolve(import.meta.dirname, '../../../demo/docs/runbooks/incident-response.md');
  const demo = parseRunbook('incident-response.md', fs.readFileSync(file, 'utf8'));
  const hours = policyFromRunbooks([demo], { timeZone: 'UTC' }).severities.map(
    ({ updateEveryMs }) => updateEveryMs && updateEveryMs / 3_600_000,
  );
  assert.deepEqual(hours, [0.5, 0.5, 4, undefined]);
});

test('without a table there are four names and no promises', () => {
  const policy = policyFromRunbooks([], { timeZone: 'Europe/Berlin', reviewPath: 'reviews/x.md' });
  assert.deepEqual(
    policy.severities.map(({ label }) => label),
    ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'],
  );
  assert.ok(
    policy.severities.every(({ responseMs, updateEveryMs }) => (responseMs ?? updateEveryMs) === undefined),
  );
  assert.deepEqual([policy.reviewTemplate, policy.reviewPath], [undefined, 'reviews/x.md']);
});
