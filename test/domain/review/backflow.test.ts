import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBackflow } from '../../../src/domain/review/backflow.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { toZone } from '../../../src/domain/review/zone.ts';
import { at, sampleIncident } from './sample.ts';

const zone = toZone('Europe/Berlin');
const base = fillReview(builtInTemplate, sampleIncident(), { timeZone: 'Europe/Berlin', nowMs: 0 });

const edits: readonly (readonly [string, string, string, unknown])[] = [
  ['an untouched file', 'PostgresDown fired', 'PostgresDown fired', []],
  [
    'an edited event',
    '| 11:10 | postgres went up |  |',
    '| 11:10 | postgres \\| primary went up |  |',
    [{ kind: 'entry', entryId: 'w:5', set: { event: 'postgres | primary went up' }, line: 21 }],
  ],
  [
    'an added action',
    '| 11:10 | postgres went up |  |',
    '| 11:10 | postgres went up | told<br>the team |',
    [{ kind: 'entry', entryId: 'w:5', set: { action: 'told\nthe team' }, line: 21 }],
  ],
  [
    'a corrected time',
    '| 11:10 | postgres went up |  |',
    '| 11:07 | postgres went up |  |',
    [{ kind: 'entry', entryId: 'w:5', set: { atMs: at(7) }, line: 21 }],
  ],
  [
    'a ticked action item',
    '- [ ] Alert on disk use',
    '- [x] Alert on disk use',
    [{ kind: 'action', actionId: 'w:9', isDone: true, line: 37 }],
  ],
  ['padding only', '| 11:10 | postgres went up |  |', '|  11:10   | postgres went up |     |', []],
  ['a filled placeholder', '{Effect on users}', 'logins failed', []],
];

for (const [name, from, to, expected] of edits) {
  test(`${name} gives ${JSON.stringify(expected)}`, () => {
    assert.ok(base.text.includes(from));
    assert.deepEqual(findBackflow(base.blocks, base.text.replace(from, to), zone), expected);
  });
}

test('a time moved over the change of clocks is the instant that the new wall clock shows', () => {
  const row = { atMs: Date.parse('2026-10-25T03:00:00Z'), wall: '2026-10-25 04:00' };
  const head = { key: 'th:T', text: '| Time | Event |\n|--|--|', gap: 0, parent: undefined, hasFact: false };
  const block = {
    key: 'tl:x',
    text: '| 04:00 | it broke here |',
    gap: 0,
    parent: 'th:T',
    hasFact: true,
    row,
  };
  const disk = `${head.text}\n| 01:30 | it broke here |\n`;
  assert.deepEqual(findBackflow([head, block], disk, zone), [
    { kind: 'entry', entryId: 'x', set: { atMs: Date.parse('2026-10-24T23:30:00Z') }, line: 3 },
  ]);
});
