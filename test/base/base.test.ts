import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sleep } from '../../src/base/clock.ts';
import { DisposableStore, toDisposable } from '../../src/base/disposables.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { errorText } from '../../src/base/errors.ts';
import { Ring } from '../../src/base/ring.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

test('a store disposes in reverse, and late additions at once', () => {
  const seen: string[] = [];
  const store = new DisposableStore();
  store.add(toDisposable(() => seen.push('first')));
  store.add(toDisposable(() => seen.push('second')));
  store.dispose();
  store.add(toDisposable(() => seen.push('late')));
  assert.deepEqual(seen, ['second', 'first', 'late']);
});

test('one listener that throws keeps no other from hearing', () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<number>(error => errors.push(error));
  const heard: number[] = [];
  emitter.event(() => {
    throw new Error('no');
  });
  const subscription = emitter.event(value => heard.push(value));
  emitter.fire(1);
  subscription.dispose();
  emitter.fire(2);
  assert.deepEqual(heard, [1]);
  assert.equal(errors.length, 2);
});

test('a ring keeps the newest and counts what it dropped, at every fill level', () => {
  for (let pushed = 0; pushed <= 9; pushed++) {
    const ring = new Ring<number>(4);
    for (let i = 0; i < pushed; i++) ring.push(i);
    const expected = Array.from({ length: pushed }, (_, i) => i).slice(-4);
    assert.deepEqual(ring.toArray(), expected);
    assert.equal(ring.dropped, Math.max(0, pushed - 4));
    assert.equal(ring.last(), expected.at(-1));
    assert.equal(ring.at(0), expected[0]);
    assert.equal(ring.at(expected.length), undefined);
  }
});

test('sleep ends with time or with the signal', async () => {
  const clock = new FakeClock();
  const ended: string[] = [];
  const abort = new AbortController();
  void sleep(clock, 100).then(() => ended.push('time'));
  void sleep(clock, 1000, abort.signal).then(() => ended.push('signal'));
  await clock.advance(100);
  abort.abort();
  await clock.advance(1);
  assert.deepEqual(ended, ['time', 'signal']);
  assert.equal(clock.pendingTimers, 0);
});

test('error text names every part of an aggregate without a message of its own', () => {
  assert.equal(
    errorText(new AggregateError([new Error('ECONNREFUSED ::1'), new Error('ECONNREFUSED 127.0.0.1')])),
    'ECONNREFUSED ::1; ECONNREFUSED 127.0.0.1',
  );
  assert.equal(errorText('plain'), 'plain');
});
