import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HealthSnapshot } from '../../../src/app/steps/stepRun.ts';
import type { CommandStep } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { previewText } from '../../../src/ui/runbooks/previewText.ts';
import { factRows } from '../../../src/ui/runbooks/runbookFacts.ts';
import { filterWithin, isSectionShown, isStepShown } from '../../../src/ui/runbooks/runbookFilter.ts';
import { outcomeText, runbookRow, sectionRow, stepRow } from '../../../src/ui/runbooks/runbooksModel.ts';
import { toRun } from '../../app/steps/toRun.ts';

const text = `# Service down

## Contacts

- **Primary On-Call**: Jo (555)

## Checks

\`\`\`sh
# Health
curl http://testgen-service:8000/health
# Logs
docker logs web
\`\`\`

## Links

- [Grafana](https://grafana.example/d/1)
- [Other](../other.md#x)
- [Script](javascript:alert)
- [Out](../../../etc/passwd)
`;
const runbook = parseRunbook('docs/runbooks/a.md', text);
const [health, logs] = runbook.steps as readonly CommandStep[];

test('links lead to files of the workspace and to addresses, and to nothing else', () => {
  const links = factRows(runbook).flatMap(({ row, link }) =>
    row.context === 'fact link' ? [[row.label, link]] : [],
  );
  assert.deepEqual(links, [
    ['Grafana', 'https://grafana.example/d/1'],
    ['Other', 'docs/other.md'],
    ['Script', undefined],
    ['Out', undefined],
  ]);
});

test('contacts stand at their lines, ids are unique', () => {
  const rows = factRows(runbook);
  assert.ok(rows.some(({ row, line }) => row.context === 'fact contact' && line === 5));
  assert.equal(new Set(rows.map(({ row }) => row.id)).size, rows.length);
});

test('the health after a step is told of each service as far as it is known', () => {
  const after = (services: HealthSnapshot['services']) =>
    outcomeText(toRun({}, { startedAtMs: 0, after: { atMs: 9000, services } }));
  assert.equal(after({ web: 'up', db: 'degraded' }), 'exit 0, 1.2 s → up after 9 s');
  assert.equal(after({ web: 'up', db: 'down' }), 'exit 0, 1.2 s → db still down after 9 s');
  assert.equal(after({ web: 'unknown' }), 'exit 0, 1.2 s → health of web unknown');
  assert.equal(
    after({ web: 'unknown', db: 'down' }),
    'exit 0, 1.2 s → db still down after 9 s, health of web unknown',
  );
});

test('a filter finds commands, titles, sections, files', () => {
  const table: readonly [string, boolean, boolean][] = [
    ['curl', true, false],
    ['HEALTH', true, false],
    ['docker logs', false, true],
    ['logs docker', false, true],
    ['checks', true, true],
    ['nothing such', false, false],
  ];
  for (const [filter, first, second] of table) {
    assert.deepEqual(
      [health, logs].map(step => step && isStepShown(filter, step)),
      [first, second],
      filter,
    );
    assert.equal(filterWithin(filter, runbook) !== undefined, first || second, filter);
    assert.equal(
      runbook.sections.some(section => isSectionShown(filter, section)),
      first || second,
      filter,
    );
  }
  assert.deepEqual(filterWithin('a.md', runbook), { filter: undefined });
});

test('the tooltip and the preview show a step as written and as it will run', () => {
  assert.ok(health);
  const row = stepRow('s', health, undefined, 'curl http://localhost:8000/health');
  assert.match(row.tooltip, /testgen-service:8000[\s\S]*as it will run[\s\S]*localhost:8000/);
  const { order } = toRun({ written: health.command, command: 'curl http://localhost:8000/health' });
  const preview = previewText(health, order, 'staging');
  assert.match(preview, /## As written\n\n```sh\ncurl http:\/\/testgen-service:8000\/health\n```/);
  assert.match(preview, /## As it will run\n\n```sh\ncurl http:\/\/localhost:8000\/health\n```/);
  assert.match(preview, /in staging/);
});

test('rows of log steps, and only those, offer the log view', () => {
  assert.deepEqual(
    [health, logs].map(step => step && stepRow('s', step, undefined).context),
    ['step command', 'step command logs'],
  );
});

test('a likely runbook and section carry a star, and the evidence without any markup of its own', () => {
  const [section] = runbook.sections;
  assert.ok(section);
  const fit = {
    sectionId: section.id,
    title: 'Out of memory',
    line: 3,
    score: 1,
    hits: [{ symptom: 'OOM', line: 4, quote: 'killed [x](command:evil)', source: 'web', weight: 1 }],
  };
  for (const row of [runbookRow(runbook, [fit]), sectionRow('s', section, fit)]) {
    assert.equal(row.icon?.id, 'star-full');
    assert.match(row.spoken, /fits what is seen/);
    assert.match(row.tooltip, /OOM: killed \\\[x\\\]\\\(command:evil\\\) \*\(web\)\*/);
  }
  assert.equal(runbookRow(runbook, []).icon?.id, 'book');
});

test('a file that is no runbook after all is a row that says why', () => {
  const binary = parseRunbook('docs/runbooks/blob.md', '\u0000\u0001\u0002'.repeat(500));
  const huge = parseRunbook('docs/runbooks/huge.md', '# Log\n'.repeat(2_000_000));
  for (const [book, reason] of [
    [binary, /not text/],
    [huge, /11\.4 MB; runbooks of up to 1 MB are read/],
  ] as const) {
    const row = runbookRow(book, []);
    assert.equal(row.description, 'not read');
    assert.equal(row.icon?.id, 'warning');
    assert.match(row.spoken, reason);
    assert.equal(row.expand, 'none');
  }
});
