import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MonitorJudge } from '../../../src/app/steps/monitorJudge.ts';
import type { HealthState } from '../../../src/domain/health/model.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

/** `seen`: what a service's checks find, one after the other; the last for ever. None: it has no check. */
function setUp(
  before: Readonly<Record<string, HealthState>>,
  seen: Readonly<Record<string, readonly HealthState[]>>,
) {
  const clock = new FakeClock();
  const states = new Map(Object.entries(before));
  let rounds = 0;
  const monitor = {
    service: (id: string) => {
      const state = states.get(id);
      return state === undefined ? undefined : { state };
    },
    probeNow: async (id: string) => {
      rounds++;
      const [now, ...later] = seen[id] ?? [];
      if (now === undefined) return;
      states.set(id, now);
      if (later.length > 0) seen = { ...seen, [id]: later };
    },
  };
  const judge = new MonitorJudge(monitor, clock);
  const abort = new AbortController();
  const wait = async (ids: readonly string[], byMs: number) => {
    let endedAtMs: number | undefined;
    const done = judge.untilUp(ids, 30_000, abort.signal).then(after => {
      endedAtMs = clock.monotonicMs();
      return after.services;
    });
    await clock.advance(byMs);
    return { done, endedAtMs: () => endedAtMs };
  };
  return { wait, clock, abort, rounds: () => rounds };
}

test('a service without a check, or whose checks can say nothing, is not waited for', async () => {
  for (const [before, seen] of [
    [{ shop: 'unknown' }, {}],
    [{}, {}],
    [{ shop: 'unknown' }, { shop: ['unknown'] }],
  ] as const) {
    const { wait, clock } = setUp(before, seen);
    const { done, endedAtMs } = await wait(['shop'], 0);
    assert.equal(endedAtMs(), 0);
    assert.deepEqual(await done, { shop: 'unknown' });
    assert.equal(clock.pendingTimers, 0);
  }
});

test('a service that is down is waited for until it is up, with a check each second', async () => {
  const { wait, rounds } = setUp({ shop: 'down' }, { shop: ['down', 'pending', 'degraded'] });
  const { done, endedAtMs } = await wait(['shop'], 2_000);
  assert.deepEqual(await done, { shop: 'degraded' });
  assert.equal(endedAtMs(), 2_000);
  assert.equal(rounds(), 3);
});

test('one that was known before the step is waited for, though a check can say nothing in between', async () => {
  const { wait } = setUp({ shop: 'up' }, { shop: ['unknown', 'down', 'up'] });
  const { done, endedAtMs } = await wait(['shop'], 2_000);
  assert.deepEqual(await done, { shop: 'up' });
  assert.equal(endedAtMs(), 2_000);
});

test('one of which nothing is known does not shorten the wait for another', async () => {
  const { wait } = setUp({ shop: 'down', queue: 'unknown' }, { shop: ['down', 'up'] });
  const { done, endedAtMs } = await wait(['shop', 'queue'], 1_000);
  assert.deepEqual(await done, { shop: 'up', queue: 'unknown' });
  assert.equal(endedAtMs(), 1_000);
});

test('what stays down is told as such when the time is over, and a stop ends the wait at once', async () => {
  const whole = setUp({ shop: 'down' }, { shop: ['down'] });
  const waited = await whole.wait(['shop'], 30_000);
  assert.deepEqual(await waited.done, { shop: 'down' });
  assert.equal(waited.endedAtMs(), 30_000);
  const { wait, abort, clock } = setUp({ shop: 'down' }, { shop: ['down'] });
  const { done, endedAtMs } = await wait(['shop'], 1_500);
  assert.equal(endedAtMs(), undefined);
  abort.abort();
  assert.deepEqual(await done, { shop: 'down' });
  assert.equal(endedAtMs(), 1_500);
  assert.equal(clock.pendingTimers, 0);
});
