import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../src/base/clock.ts';
import { inSlices } from '../../src/base/slices.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

test('long work lets others have their turn, in order and without losing anything', async () => {
  const clock = new FakeClock();
  const done: number[] = [];
  let turns = 0;
  let spentMs = 0;
  // Each item takes 3 ms of the time that the work sees.
  const slow: Clock = {
    nowMs: () => clock.nowMs(),
    monotonicMs: () => spentMs,
    after(delayMs, action) {
      turns++;
      return clock.after(delayMs, action);
    },
  };
  const act = (item: number) => {
    done.push(item);
    spentMs += 3;
  };
  const working = inSlices([1, 2, 3, 4, 5], act, { clock: slow, sliceMs: 5 });
  assert.deepEqual(done, [1, 2], 'the rest waits for its turn');
  await clock.advance(10);
  await working;
  assert.deepEqual(done, [1, 2, 3, 4, 5]);
  assert.equal(turns, 2);
});
