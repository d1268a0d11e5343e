import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { mergeReview } from '../../../src/domain/review/merge.ts';
import { findBraced, findPlaceholders } from '../../../src/domain/review/placeholders.ts';
import { toReviewProblems } from '../../../src/domain/review/problems.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import { sampleIncident } from './sample.ts';

const template = `# Postmortem: [Incident Title]

- **Date**: [YYYY-MM-DD]
- **Severity**: [SEV Level]
- **Reported in**: [the wiki](https://example.org) and [[Incidents]]
- **Customers affected**: [Number]

## Timeline

| Time | Event |
|------|-------|
| [Time] | [What happened] |

## Root cause

[Describe what went wrong]

## Actions

- [ ] [Action] - Assigned to [Person] - Due [Date]
`;
const options = { timeZone: 'UTC', nowMs: Date.parse('2026-11-21T12:00:00Z') };

test('a template with holes in brackets is filled like one with braces, and links and boxes are left alone', () => {
  const { text, blocks, unfilled } = fillReview(parseTemplate(template), sampleIncident(), options);
  const lines = text.split('\n');
  for (const line of [
    '# Postmortem: PostgreSQL down',
    '- **Date**: 2026-11-21',
    '- **Severity**: SEV-1 (initially SEV-2)',
    '- **Reported in**: [the wiki](https://example.org) and [[Incidents]]',
    '| 10:10 | postgres went up |',
    '- [ ] Alert on disk use - Assigned to Kim - Due 2026-11-28',
    '- [x] Rotate logs - Assigned to [Person] - Due [Date]',
  ])
    assert.ok(lines.includes(line), `${line} is not in\n${text}`);
  assert.deepEqual(
    unfilled.map(({ placeholder }) => placeholder),
    ['[Number]', '[Describe what went wrong]', '[Person]', '[Date]'],
  );
  const again = mergeReview(blocks, text.replace('[Describe what went wrong]', 'The [old] disk'), blocks);
  assert.ok(again.ok && again.value.text.includes('The [old] disk'));
});

test('what a person writes in brackets is no open field, with the template known or not', () => {
  const written = 'We told [everyone] about it.';
  assert.deepEqual(toReviewProblems(written, parseTemplate(template)), []);
  assert.deepEqual(toReviewProblems(written), []);
  assert.deepEqual(findBraced(written), []);
});

const lines: readonly (readonly [string, readonly string[]])[] = [
  ['- [ ] do it', []],
  ['- [x] done', []],
  ['![Chart](impact.svg) [text][ref] [^1] [ref]: https://x', []],
  ['[[Wiki page]] \\[not this]', []],
  ['[Name] and {Role}, then [Name]', ['[Name]', '{Role}', '[Name]']],
];
for (const [line, expected] of lines)
  test(`“${line}” has ${expected.length} holes`, () =>
    assert.deepEqual(
      findPlaceholders(line).map(({ text }) => text),
      expected,
    ));
