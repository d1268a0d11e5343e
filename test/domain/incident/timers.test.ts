import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../src/domain/incident/replay.ts';
import { nextBusinessDay, timersOf } from '../../../src/domain/incident/timers.ts';
import { EventMaker, startMs } from './makeEvents.ts';

const minute = 60_000;

function due(made: EventMaker, afterMinutes: number) {
  return timersOf(replay(made.events), startMs + afterMinutes * minute).map(
    ({ label, dueMs, isOverdue, isSoon }) => [
      label,
      (dueMs - startMs) / minute,
      isOverdue ? 'overdue' : isSoon ? 'soon' : 'later',
    ],
  );
}

test('response, next update and escalation run from the journal', () => {
  const made = new EventMaker();
  made.declare(0, 2);
  assert.deepEqual(due(made, 14), [
    ['Response', 15, 'soon'],
    ['Next update', 30, 'later'],
    ['L2 Lead Engineer', 30, 'later'],
    ['L3 Engineering Manager', 60, 'later'],
  ]);
  made.add('status.changed', { status: 'acknowledged' }, 60);
  made.add('comms.sent', { kind: 'update' }, 20 * 60);
  made.add('escalation.waived', { label: 'L2', reason: 'lead is here' }, 21 * 60);
  assert.deepEqual(due(made, 46), [
    ['Next update', 50, 'soon'],
    ['L3 Engineering Manager', 60, 'later'],
  ]);
  assert.deepEqual(due(made, 51)[0], ['Next update', 50, 'overdue']);
});

test('escalation counts from the start of the impact, not from the declaration', () => {
  const made = new EventMaker();
  made.add('alert.firing', { alert: 'a', service: 'redis', reason: 'refused', blocked: [] }, -600);
  made.declare(0, 2);
  assert.deepEqual(
    due(made, 5).find(([label]) => label === 'L2 Lead Engineer'),
    ['L2 Lead Engineer', 20, 'later'],
  );
});

test('the level for major incidents is up at once in a SEV-1 and never in a SEV-2', () => {
  const major = new EventMaker();
  major.declare(0, 1);
  assert.ok(
    due(major, 0).some(([label, at, state]) => label === 'L4 Director' && at === 0 && state === 'overdue'),
  );
  const minor = new EventMaker();
  minor.declare(0, 2);
  assert.ok(!due(minor, 500).some(([label]) => label === 'L4 Director'));
});

test('a laptop that slept for hours finds one overdue update, not many', () => {
  const made = new EventMaker();
  made.declare(0, 2);
  assert.equal(due(made, 600).filter(([label]) => label === 'Next update').length, 1);
});

test('nothing is due once an incident is over', () => {
  const made = new EventMaker();
  made.declare(0, 1);
  made.add('status.changed', { status: 'resolved' }, 60);
  assert.deepEqual(due(made, 600), []);
});

test('a severity without a time is due on the next business day', () => {
  // 2026-11-21 is a Saturday.
  const made = new EventMaker();
  made.declare(0, 4);
  const [response] = timersOf(replay(made.events), startMs);
  assert.deepEqual([response?.label, response?.dueMs], ['Response', Date.parse('2026-11-23T09:00:00Z')]);
  const berlin = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], startHour: 9, holidays: ['2026-11-23'] };
  assert.equal(nextBusinessDay(startMs, berlin), Date.parse('2026-11-24T08:00:00Z'));
});
