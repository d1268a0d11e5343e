import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillReview } from '../../../src/domain/review/fill.ts';
import type { TemplateBlockKind } from '../../../src/domain/review/model.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import { sampleIncident } from './sample.ts';

const options = { timeZone: 'UTC', nowMs: 0 };

test('blocks joined with their gaps are the template to the byte', () => {
  const text =
    '# R: {Title}\n\n\n## A\ntext\n- **Date**: {Date}\n\n```sh\n# not a heading\n\nx\n```\n\n| Time | What |\n|:--|--:|\n| 1 | 2 |';
  const { blocks } = parseTemplate(text);
  assert.equal(blocks.map(({ gap, text: block }) => '\n'.repeat(gap) + block).join('\n'), text);
});

test('a meta line, a byte order mark and CRLF are no part of the shape', () => {
  const { blocks } = parseTemplate('\uFEFF# Template: docs/x.md\r\n\r\n# R\r\n- {A}\r\n');
  assert.deepEqual(
    blocks.map(({ text, gap }) => [text, gap]),
    [
      ['# R', 0],
      ['- {A}', 0],
    ],
  );
});

const kinds: readonly (readonly [string, TemplateBlockKind, string])[] = [
  ['- **Date**: {Date}', 'field', 'f:Date'],
  ['- **Date:** {Date}', 'field', 'f:Date'],
  ['**Severity**:', 'field', 'f:Severity'],
  ['Technical debt: {Details}', 'field', 'f:Technical debt'],
  ['- Quick detection', 'sample', 'li:Lessons'],
  ['- **Note**: fill this in within a day', 'static', 's:- **Note**: fill this in within a day'],
  ['- [ ] {Action} - {Person}', 'task', 'ai:Lessons'],
  ['- [ ] Review held', 'static', 's:- [ ] Review held'],
  ['{What went wrong}', 'paragraph', 'p:Lessons'],
  ['Be blameless.', 'static', 's:Be blameless.'],
];

for (const [line, kind, key] of kinds) {
  test(`"${line}" is read as ${kind}`, () => {
    const block = parseTemplate(`## Lessons\n${line}`).blocks[1];
    assert.deepEqual([block?.kind, block?.key, block?.text], [kind, key, line]);
  });
}

test('equal labels get different keys, and rows belong to their table', () => {
  const { blocks } = parseTemplate(
    '## A\n- X: {One}\n- X: {Two}\n\n## Timeline\n| When | What |\n|--|--|\n| {t} | {e} |',
  );
  assert.deepEqual(
    blocks.map(({ key }) => key),
    ['h:A', 'f:X', 'f:X#2', 'h:Timeline', 'th:Timeline', 'tr:Timeline'],
  );
  assert.equal(blocks.at(-1)?.parent, 'th:Timeline');
});

test('other columns, key-value tables and action tables are filled under their own headers', () => {
  const template = parseTemplate(
    '# {Title}\n\n| Field | Value |\n|--|--|\n| Date | {Date} |\n| Users | {Number} |\n| Cost | 100 |\n\n' +
      '## Timeline\n| Who | What happened | When (UTC) | Data |\n|--|--|--|--|\n| Ann | x | 10:00 | y |\n\n' +
      '## Action items\n| Action | Owner | Due | Ticket |\n|--|--|--|--|\n| {Action} | {Owner} | {Date} | {T} |',
  );
  const { text } = fillReview(template, sampleIncident(), options);
  assert.ok(text.includes('| Date | 2026-11-21 |\n| Users | {Number} |\n\n'));
  assert.ok(text.includes('|--|--|--|--|\n|  | PostgresDown fired | 10:01 |  |\n'));
  assert.ok(text.includes('| Alert on disk use | Kim | 2026-11-28 |  |\n| Rotate logs |  |  |  |\n'));
  assert.ok(!text.includes('Ann') && !text.includes('100') && !text.includes('{Action}'));
});

test('a pattern row stays where there is no row to follow it', () => {
  const template = parseTemplate('## Timeline\n| Time | Event |\n|--|--|\n| {Time} | {Event} |');
  const { text } = fillReview(template, sampleIncident({ entries: [] }), options);
  assert.ok(text.endsWith('| {Time} | {Event} |\n'));
});
