import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandStep } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { type DiagnosisResult, diagnosisReport } from '../../../src/ui/runbooks/diagnosisReport.ts';
import { toJUnit, toRehearsalJson } from '../../../src/ui/runbooks/rehearsalFiles.ts';
import { toRun } from '../../app/steps/toRun.ts';

const leftStep = parseRunbook('docs/x.md', '# X\n\n```sh\nkubectl logs <pod>\n```\n').steps[0] as CommandStep;

const result: DiagnosisResult = {
  runbook: { title: 'Service <down>', file: 'docs/x.md' },
  environment: 'local',
  atMs: Date.parse('2026-11-21T10:00:00Z'),
  tookMs: 3400,
  runs: [
    toRun({ title: 'Fine' }),
    toRun({ title: 'Errors in the log' }, { status: 'finding', exitCode: 1, meaning: 'no match' }),
    toRun(
      { title: 'Health', written: 'curl testgen:8000', command: 'curl localhost:8000' },
      { status: 'failed', exitCode: 7, output: 'a ``` fence & <b>\u0001' },
    ),
  ],
  planned: 4,
  notBegun: [],
  leftOut: [{ step: leftStep, reason: 'needs a value for <pod>' }],
  isCancelled: false,
  problems: [
    {
      code: 'broken-link',
      severity: 'warning',
      message: 'There is no file gone.md.',
      line: 4,
      startColumn: 0,
      endColumn: 3,
    },
  ],
};

test('findings come first, each with its output and the way to its line', () => {
  const places = new Map<string, number>();
  const text = diagnosisReport('Diagnosis', result, (written, { line }) => places.set(written, line));
  const order = ['Health', 'Errors in the log', 'In the file itself', 'As expected', 'Fine', 'Not run'];
  const found = order.map(words => text.indexOf(words));
  assert.deepEqual(
    found,
    [...found].sort((a, b) => a - b),
  );
  assert.ok(found.every(at => at > 0));
  assert.match(text, /^docs\/x\.md:7$/m);
  assert.match(text, /^- docs\/x\.md:4 There is no file/m);
  assert.equal(places.get('docs/x.md:7'), 7);
  assert.match(text, /3 of 4 read-only steps ran in 3\.4 s/);
  assert.match(text, /````text\n# as written: curl testgen:8000\n\$ curl localhost:8000\na ``` fence/);
});

test('text from outside becomes no link, and is not escaped beyond need', () => {
  const run = toRun({ title: 'See [x](http://evil.example) www.evil.example a@b.example <b> (all-in)' });
  const text = diagnosisReport('Diagnosis', { ...result, runs: [run] }, () => undefined);
  const words = 'See \\[x\\](http\\://evil.example) www\\.evil.example a\\@b.example \\<b\\> (all-in)';
  assert.ok(text.includes(`### ${words}: `), text);
  assert.match(text, /\n2026-11-21 10:00:00 UTC · 1 of 4/);
});

test('a clean diagnosis says that there was nothing', () => {
  const clean = { ...result, runs: [toRun({})], planned: 1, leftOut: [], problems: [] };
  assert.match(
    diagnosisReport('Diagnosis', clean, () => undefined),
    /Worth a look\n\nNothing\./,
  );
});

test('a cancelled one says so first, and of every planned step whether it ended, was stopped or never began', () => {
  const [other] = parseRunbook('docs/x.md', '# X\n\n```sh\n# Disk space\ndf -h\n```\n').steps;
  assert.ok(other?.kind === 'command');
  const stopped = toRun(
    { title: 'Slow one' },
    { status: 'stopped', exitCode: undefined, meaning: 'cancelled' },
  );
  const runs = [toRun({ title: 'Fine' }), stopped];
  const cancelled = { ...result, runs, planned: 3, notBegun: [other], isCancelled: true, problems: [] };
  const text = diagnosisReport('Diagnosis', cancelled, () => undefined);
  assert.match(
    text,
    /1 of 3 read-only steps ran in .*, 0 worth a look\. \*\*Cancelled: 1 stopped, 1 not begun\.\*\*/,
  );
  const order = [
    'Worth a look\n\nNothing.',
    '## As expected',
    '### Fine',
    '## Stopped',
    '### Slow one: cancelled',
  ];
  const places = [...order, '## Not run', 'Disk space: cancelled before it began'].map(words =>
    text.indexOf(words),
  );
  assert.ok(
    places.every((place, i) => place > (places[i - 1] ?? 0)),
    text,
  );
  const { leftOut } = JSON.parse(toRehearsalJson(cancelled));
  assert.equal(leftOut[0].reason, 'cancelled before it began');
  assert.match(toJUnit(cancelled), /tests="4" failures="1" skipped="2"/);
});

test('the JSON names every step with its line, outcome and output', () => {
  const json = JSON.parse(toRehearsalJson(result));
  assert.equal(json.schema, 1);
  assert.deepEqual(
    json.steps.map((step: { title: string; status: string; exitCode: number }) => [
      step.title,
      step.status,
      step.exitCode,
    ]),
    [
      ['Fine', 'passed', 0],
      ['Errors in the log', 'finding', 1],
      ['Health', 'failed', 7],
    ],
  );
  assert.deepEqual(json.leftOut, [{ title: leftStep.title, line: 4, reason: 'needs a value for <pod>' }]);
});

test('JUnit counts what has rotted: failures and problems, not findings', () => {
  const xml = toJUnit(result);
  assert.match(xml, /tests="5" failures="2" skipped="1"/);
  assert.match(
    xml,
    /<failure type="failed" message="exit 7[^"]*">\$ curl localhost:8000\na ``` fence &amp; &lt;b&gt;</,
  );
  assert.equal(/[\u0000-\u0008]/.test(xml), false);
  assert.equal(xml.match(/<testcase/g)?.length, 5);
});
