import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProbeHistory } from '../../../src/domain/health/history.ts';
import type { Verdict } from '../../../src/domain/health/model.ts';

/** Checks with their distances. */
function openHistory() {
  const history = new ProbeHistory();
  let atMs = 0;
  const check = (verdict: Verdict, sinceMs: number, seen: string = verdict) => {
    atMs += sinceMs;
    history.add({ verdict, seen, wanted: undefined, atMs, tookMs: 5 }, sinceMs);
  };
  return { history, check };
}

test('the share of time that was up is one of time: quick checks of an outage do not weigh more', () => {
  const { history, check } = openHistory();
  assert.equal(history.uptime(0), undefined);
  check('up', 0);
  assert.equal(history.uptime(0), undefined);
  for (let i = 0; i < 24; i++) check(i === 23 ? 'down' : 'up', 10_000);
  for (let i = 0; i < 30; i++) check('down', 2_000);
  assert.equal(history.uptime(0), 240 / 300);
  check('unknown', 2_000);
  check('up', 60_000);
  assert.equal(history.uptime(0), 240 / 302);
  assert.equal(history.judgedMs(0), 302_000);
  assert.equal(new ProbeHistory(history.toSaved(10)).uptime(0), 240 / 302);
});

test('a failure that goes on is one entry with its start; success or another reason begins a new one', () => {
  const { history, check } = openHistory();
  for (let i = 0; i < 500; i++) check('down', 10, 'refused');
  check('down', 10, 'timed out');
  check('up', 10);
  check('down', 10, 'timed out');
  assert.deepEqual(
    history.failures.map(({ last, firstMs, count }) => [last.seen, firstMs, last.atMs, count]),
    [
      ['refused', 10, 5_000, 500],
      ['timed out', 5_010, 5_010, 1],
      ['timed out', 5_030, 5_030, 1],
    ],
  );
});

test('what is saved gives the same past again, is short, and passes over what it cannot read', () => {
  const { history, check } = openHistory();
  for (let i = 0; i < 24 * 60; i++) check(i % 7 === 0 ? 'down' : i % 5 === 0 ? 'degraded' : 'up', 60_000);
  const saved = history.toSaved(60);
  const again = new ProbeHistory(saved);
  assert.deepEqual(again.buckets, history.buckets.slice(-288));
  assert.deepEqual(again.samples, history.samples.slice(-60));
  assert.deepEqual(again.failures, history.failures);
  assert.ok(saved.buckets.length + saved.samples.length < 18_000, 'a day of one probe');
  const odd = new ProbeHistory({ ...saved, buckets: '1,2;x;;1,2,3,4,5,6,7,8,9,no', samples: '1,9,1;5,0,2' });
  assert.deepEqual(odd.buckets, []);
  assert.deepEqual(odd.samples, [{ atMs: 5, verdict: 'up', tookMs: 2 }]);
});
