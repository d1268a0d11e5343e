import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Incident } from '../../../src/domain/incident/model.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { mergeReview } from '../../../src/domain/review/merge.ts';
import type { FilledReview, MergedReview, ReviewBlock } from '../../../src/domain/review/model.ts';
import { entry, sampleIncident, step } from './sample.ts';

function render(incident: Incident): FilledReview {
  return fillReview(builtInTemplate, incident, {
    timeZone: 'UTC',
    nowMs: Date.parse('2026-11-21T12:00:00Z'),
  });
}

function merge(base: readonly ReviewBlock[] | undefined, disk: string, next: FilledReview): MergedReview {
  const result = mergeReview(base, disk, next.blocks);
  assert.ok(result.ok);
  return result.value;
}

function withEntries(...extra: Incident['entries']): Incident {
  return sampleIncident({ entries: [...sampleIncident().entries, ...extra] });
}

const base = render(sampleIncident());
const later = render(withEntries(entry('w:20', 11, { event: 'error rate back to normal' })));
const newRow = '| 10:11 | error rate back to normal |  |';

function rowsOf(text: string): string[] {
  return text.split(/\r?\n/).filter(line => /^\|\s*\d/.test(line));
}

test('nobody edited: the result is the fresh render', () => {
  assert.deepEqual(merge(base.blocks, base.text, later), { text: later.text, proposals: [] });
});

test('a person edited one row and a new one comes in beside it', () => {
  const disk = base.text.replace('postgres went up', 'postgres answered again');
  const { text, proposals } = merge(base.blocks, disk, later);
  assert.deepEqual(rowsOf(text).slice(3, 5), ['| 10:10 | postgres answered again |  |', newRow]);
  assert.deepEqual(proposals, []);
});

test('a row that a person took out stays out', () => {
  const disk = base.text.replace('| 10:10 | postgres went up |  |\n', '');
  const { text } = merge(base.blocks, disk, later);
  assert.ok(!text.includes('postgres went up') && text.includes(newRow));
});

test("a new row finds its time among a person's own rows", () => {
  const disk = base.text.replace(
    '| 10:10 | postgres went up |  |\n',
    '| 10:10 | postgres went up |  |\n| 10:10 | called the vendor | no answer |\n| 10:11 | second call |  |\n| 10:11:30 | third |  |\n',
  );
  const twelve = render(
    withEntries(entry('w:20', 11.6, { event: 'later' }), entry('w:21', 8, { event: 'early' })),
  );
  const rows = rowsOf(merge(base.blocks, disk, twelve).text).map(row => row.split('|')[2]?.trim());
  assert.deepEqual(rows.slice(2, 9), [
    'early',
    'Step ran',
    'postgres went up',
    'called the vendor',
    'second call',
    'third',
    'later',
  ]);
});

test('a row of a person behind midnight keeps new rows on their side of it', () => {
  const night = (minutes: number, id: string) => entry(id, minutes, { event: id });
  const before = render(sampleIncident({ entries: [night(830, 'a'), night(860, 'b')] }));
  assert.deepEqual(rowsOf(before.text), ['| 23:50 | a |  |', '| 2026-11-22 00:20 | b |  |']);
  const disk = before.text.replace('| 23:50 | a |  |\n', '| 23:50 | a |  |\n| 00:05 | mine |  |\n');
  const after = render(
    sampleIncident({ entries: [night(830, 'a'), night(835, 'c'), night(850, 'd'), night(860, 'b')] }),
  );
  assert.deepEqual(
    rowsOf(merge(before.blocks, disk, after).text).map(row => row.split('|')[2]?.trim()),
    ['a', 'c', 'mine', 'd', 'b'],
  );
});

test('a formatter padded the table and changed bullets: facts still come in, nothing is proposed', () => {
  const disk = base.text
    .replace(/^- /gm, '* ')
    .replace('|------|-------|--------------|', '| :---- | --------------------- | ------ |')
    .replace(/^\| (\d\d:\d\d) \| (.*) \| (.*) \|$/gm, '| $1    | $2        | $3      |')
    .replace(/^(## .*)\n/gm, '$1\n\n');
  const { text, proposals } = merge(base.blocks, disk, later);
  assert.deepEqual(proposals, []);
  assert.equal(rowsOf(text).length, 7);
  assert.ok(text.includes(`${newRow}\n`));
  assert.equal(text.replace(`${newRow}\n`, ''), disk);
});

test('line ends and byte order mark stay as the file has them', () => {
  const disk = `\uFEFF${base.text.replaceAll('\n', '\r\n')}`;
  assert.equal(merge(base.blocks, disk, later).text, `\uFEFF${later.text.replaceAll('\n', '\r\n')}`);
  const edited = disk.replace('went up', 'went up again');
  const { text } = merge(base.blocks, edited, later);
  assert.ok(text.includes(`${newRow}\r\n`) && !/[^\r]\n/.test(text) && text.startsWith('\uFEFF'));
});

test('a person and the facts differ: the person wins and the fact is proposed', () => {
  const disk = base.text.replace('(42m)', '(42m, of which 9m dark)');
  const next = render(sampleIncident({ highestSeverity: 2 }));
  const { text, proposals } = merge(base.blocks, disk, next);
  assert.ok(text.includes('of which 9m dark') && text.includes('- **Severity**: SEV-2\n'));
  assert.deepEqual(proposals, []);
  const longer = render(
    sampleIncident({
      milestones: sampleIncident().milestones.map(item =>
        item.name === 'resolved' ? { ...item, atMs: item.atMs + 60_000 } : item,
      ),
    }),
  );
  const again = merge(base.blocks, disk, longer);
  assert.deepEqual(again.proposals, [
    {
      key: 'f:Duration',
      kind: 'change',
      human: '- **Duration**: 2026-11-21 10:00 - 10:42 UTC (42m, of which 9m dark)',
      proposed: '- **Duration**: 2026-11-21 10:00 - 10:43 UTC (43m)',
      line: 6,
    },
  ]);
});

test('a filled placeholder stays, and unknown values are never proposed over it', () => {
  const disk = base.text
    .replace('{Effect on users}', 'customers could not log in')
    .replace('{What made this possible, and what set it off}', 'The disk was full.\n\nNobody watched it.');
  const { text, proposals } = merge(base.blocks, disk, later);
  assert.ok(text.includes('customers could not log in') && text.includes('\n\nNobody watched it.\n'));
  assert.deepEqual(proposals, []);
});

test('a retracted row goes when nobody touched it, and stays with a proposal when somebody did', () => {
  const without = render(
    sampleIncident({ entries: sampleIncident().entries.filter(({ id }) => id !== 'w:5') }),
  );
  assert.equal(merge(base.blocks, base.text, without).text, without.text);
  const disk = base.text.replace('postgres went up', 'postgres went up, says Kim');
  const { text, proposals } = merge(base.blocks, disk, without);
  assert.ok(text.includes('says Kim'));
  assert.deepEqual(
    proposals.map(({ key, kind, human }) => ({ key, kind, human })),
    [{ key: 'tl:w:5', kind: 'remove', human: '| 10:10 | postgres went up, says Kim |  |' }],
  );
});

test('a row whose time was corrected moves to its new place', () => {
  const corrected = render(
    sampleIncident({
      entries: sampleIncident().entries.map(item =>
        item.id === 'w:5' ? { ...item, atMs: item.atMs + 600_000 } : item,
      ),
    }),
  );
  const disk = base.text.replace('Declared SEV-2', 'Declared SEV-2 by Kim');
  const rows = rowsOf(merge(base.blocks, disk, corrected).text);
  assert.deepEqual(rows, [
    '| 10:01 | PostgresDown fired |  |',
    '| 10:03 | Declared SEV-2 by Kim |  |',
    '| 10:09 | Step ran | docker-compose restart postgres, exit 0 |',
    '| 10:12 | disk \\| was full<br>see df |  |',
    '| 10:20 | postgres went up |  |',
    '| 10:30 | Step ran | docker system prune -f, exit 0 |',
  ]);
});

test('when the whole timeline section was taken out, new rows are proposed and not strewn elsewhere', () => {
  const disk = base.text.replace(/## Timeline[\s\S]*?(?=## Root Cause)/, '');
  const { text, proposals } = merge(base.blocks, disk, later);
  assert.equal(text, disk);
  assert.deepEqual(
    proposals.map(({ key, kind, proposed }) => ({ key, kind, proposed })),
    [{ key: 'tl:w:20', kind: 'add', proposed: newRow }],
  );
});

test('first action items take the place of the pattern line, before what a person added', () => {
  const none = render(sampleIncident({ actionItems: [] }));
  const disk = `${none.text}- [ ] my own item\n`;
  const { text } = merge(none.blocks, disk, base);
  assert.ok(
    text.endsWith(
      '## Action Items\n- [ ] Alert on disk use - Assigned to Kim - Due 2026-11-28\n' +
        '- [x] Rotate logs - Assigned to {Person} - Due {Date}\n- [ ] my own item\n',
    ),
  );
});

test('a renamed heading still holds its section', () => {
  const disk = base.text.replace('## Action Items', '## What we will do');
  const next = render(
    sampleIncident({
      actionItems: [
        ...sampleIncident().actionItems,
        { id: 'w:30', text: 'More', owner: undefined, due: undefined, isDone: false },
      ],
    }),
  );
  const { text } = merge(base.blocks, disk, next);
  assert.ok(
    text.endsWith(
      'Rotate logs - Assigned to {Person} - Due {Date}\n- [ ] More - Assigned to {Person} - Due {Date}\n',
    ),
  );
});

test('git conflict markers and huge files are refused', () => {
  const conflict = `<<<<<<< HEAD\n${base.text}=======\n>>>>>>> other\n`;
  assert.deepEqual(mergeReview(base.blocks, conflict, later.blocks), { ok: false, error: 'conflictMarkers' });
  const huge = base.text + 'x'.repeat(2 * 1024 * 1024);
  assert.deepEqual(mergeReview(base.blocks, huge, later.blocks), { ok: false, error: 'tooLarge' });
});

test("with the base lost everything is a person's: nothing changes, facts are proposed", () => {
  const disk = base.text.replace('SEV-1 (initially SEV-2)', 'SEV-3').replace('{Effect on users}', 'none');
  const { text, proposals } = merge(undefined, disk, later);
  assert.equal(text, disk);
  assert.deepEqual(
    proposals.map(({ key, kind, human }) => ({ key, kind, human })),
    [
      { key: 'f:Severity', kind: 'change', human: '- **Severity**: SEV-3' },
      { key: 'tl:w:20', kind: 'add', human: undefined },
    ],
  );
});

test('a run whose base could not be recorded does not bring anything in twice', () => {
  const disk = base.text.replace('postgres went up', 'postgres answered again');
  const once = merge(base.blocks, disk, later).text;
  assert.equal(merge(base.blocks, once, later).text, once);
});

test('a step that came in later is proposed although its list begins with a line that a person moved', () => {
  const [first = ''] = /^1\. .*$/m.exec(base.text) ?? [];
  const moved = `${first}\n\n${base.text.replace(`${first}\n`, '')}`;
  const next = render(withEntries(step('w:20', 9.5, 'make fix')));
  const { proposals } = merge(base.blocks, moved, next);
  assert.deepEqual(
    proposals.map(({ key, proposed }) => ({ key, proposed })),
    [{ key: 'p:Resolution', proposed: `${first}\n2. 10:09 \`make fix\` (exit 0)` }],
  );
});
