import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { toReviewProblems } from '../../../src/domain/review/problems.ts';

const text = [
  '## Impact',
  '- **How many**: {Number of users or requests}',
  '## Root Cause',
  '{What made this possible, and what set it off}',
  '```',
  '{Number of users or requests}',
  '```',
  'a person writes {Something else}, `%{time_total}` and \\{Name}',
].join('\r\n');

test('each placeholder that is left is a problem at its place, named by its label or section', () => {
  assert.deepEqual(
    toReviewProblems(text, builtInTemplate).map(({ message, line, startColumn, endColumn }) => [
      message,
      line,
      startColumn,
      endColumn,
    ]),
    [
      ['How many is not filled in yet: {Number of users or requests}', 2, 16, 45],
      ['Root Cause is not filled in yet: {What made this possible, and what set it off}', 4, 0, 46],
    ],
  );
});

test('without a known template every placeholder counts, but not what is code-like or escaped', () => {
  assert.deepEqual(
    toReviewProblems(text).map(({ line }) => line),
    [2, 4, 8],
  );
});
