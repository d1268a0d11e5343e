import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommits, parseTags } from '../../../src/domain/incident/gitLines.ts';

test('a commit is named by its short hash, subject and author', () => {
  const output = '0123456789abcdef\u001f2026-11-21T09:30:00+01:00\u001fKim\u001fRaise the limit | of redis\n';
  assert.deepEqual(parseCommits(output), [
    {
      what: 'commit',
      ref: '0123456789abcdef',
      text: '01234567 Raise the limit | of redis (Kim)',
      atMs: Date.parse('2026-11-21T08:30:00Z'),
    },
  ]);
});

test('tags older than asked for, and lines that are none, are left out', () => {
  const tag = (name: string, time: string) => `abc\u001f${time}\u001f${name}\u001f\n`;
  const output = `${tag('v1', '2026-11-19T10:00:00Z')}${tag('v2', '2026-11-21T10:00:00Z')}nonsense\n`;
  const found = parseTags(output, Date.parse('2026-11-20T00:00:00Z'));
  assert.deepEqual(
    found.map(({ text, ref }) => [text, ref]),
    [['v2', 'v2@abc']],
  );
});
