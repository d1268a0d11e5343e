import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTimelineRow, toRoles, toTimelineRows } from '../../../src/domain/review/rows.ts';
import { toZone } from '../../../src/domain/review/zone.ts';
import { at, entry, startMs } from './sample.ts';

test('what was supposed or asked is told as such, and not twice after a correction', () => {
  const entries = [
    entry('a', 0, { kind: 'hypothesis', event: 'somebody stopped the container' }),
    entry('b', 1, { kind: 'question', event: 'who deployed?' }),
    entry('c', 2, { kind: 'hypothesis', event: 'Hypothesis: the disk was full', isEdited: true }),
    entry('d', 3, { event: 'postgres is down' }),
  ];
  const roles = toRoles(['Time', 'Event', 'Action Taken']);
  const rows = toTimelineRows(entries, toZone('UTC'), startMs).map(row => renderTimelineRow(roles, row));
  assert.equal(rows.length, entries.length);
  assert.deepEqual(
    rows.map(row => row.split('|')[2]?.trim()),
    [
      'Hypothesis: somebody stopped the container',
      'Question: who deployed?',
      'Hypothesis: the disk was full',
      'postgres is down',
    ],
  );
  assert.equal(at(0), startMs);
});
