import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesAt } from '../../../src/domain/incident/statesAt.ts';

const lane = {
  serviceId: 'redis',
  title: 'Redis',
  spans: [
    { fromMs: 100, untilMs: 200, state: 'up' },
    { fromMs: 200, untilMs: 300, state: 'down' },
    { fromMs: 400, untilMs: undefined, state: 'up' },
  ],
} as const;

for (const [atMs, state, sinceMs] of [
  [99, 'gap', undefined],
  [100, 'up', 100],
  [199, 'up', 100],
  [200, 'down', 200],
  [300, 'gap', undefined],
  [400, 'up', 400],
  [9999, 'up', 400],
] as const) {
  test(`at ${atMs} the service is ${state}`, () => {
    assert.deepEqual(statesAt([lane], atMs), [{ serviceId: 'redis', title: 'Redis', state, sinceMs }]);
  });
}
