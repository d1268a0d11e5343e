import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lane } from '../../../src/domain/incident/model.ts';
import type { TimelineRow } from '../../../src/shared/timelineProtocol.ts';
import { spokenMoment, stepFrom, toMoments } from '../../../webview/timeline/replay.ts';

const row = (id: string, atMs: number, given: Partial<TimelineRow> = {}): TimelineRow => ({
  id,
  kind: 'note',
  atMs,
  event: id,
  relevance: 'key',
  ...given,
});
const lane: Lane = {
  serviceId: 'redis',
  title: 'Redis',
  spans: [
    { fromMs: 10, untilMs: 20, state: 'up' },
    { fromMs: 20, untilMs: 30, state: 'down' },
    { fromMs: 40, untilMs: undefined, state: 'up' },
  ],
};

test('the moments are those at which something happened, each once, what was taken back left out', () => {
  const rows = [row('a', 15), row('b', 20), row('c', 25, { isRetracted: true })];
  assert.deepEqual(toMoments(rows, [lane]), [10, 15, 20, 40]);
});

test('stepping stays inside and finds its way from between two moments', () => {
  const moments = [10, 15, 20];
  const steps = [
    [10, 1, 15],
    [12, 1, 15],
    [12, -1, 10],
    [10, -1, 10],
    [20, 1, 20],
    [99, 1, 20],
  ] as const;
  for (const [from, direction, to] of steps) assert.equal(stepFrom(moments, from, direction), to);
  assert.equal(stepFrom([], 7, 1), 7);
});

test('a moment is told with every service as it stood, and where nothing was measured it says so', () => {
  assert.equal(spokenMoment('10:00', [lane], 20), '10:00: Redis down');
  assert.equal(spokenMoment('10:00', [lane], 35), '10:00: Redis not measured');
  assert.equal(spokenMoment('10:00', [], 35), '10:00');
});
