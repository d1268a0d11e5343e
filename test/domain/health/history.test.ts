import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProbeHistory } from '../../../src/domain/health/history.ts';
import type { Verdict } from '../../../src/domain/health/model.ts';

function check(
  history: ProbeHistory,
  atMs: number,
  verdict: Verdict,
  sinceMs: number,
  seen: string = verdict,
): void {
  history.add({ verdict, seen, wanted: undefined, atMs, tookMs: 5 }, sinceMs);
}

test('the share of time that was up is one of time: quick checks of an outage do not weigh more', () => {
  const history = new ProbeHistory();
  assert.equal(history.uptime(0), undefined);
  let atMs = 1_000_000;
  check(history, atMs, 'up', 0);
  assert.equal(history.uptime(0), undefined);
  for (let i = 0; i < 24; i++) check(history, (atMs += 10_000), i === 23 ? 'down' : 'up', 10_000);
  for (let i = 0; i < 30; i++) check(history, (atMs += 2_000), 'down', 2_000);
  assert.equal(history.uptime(0), 240 / 300);
  check(history, (atMs += 2_000), 'unknown', 2_000);
  check(history, (atMs += 60_000), 'up', 60_000);
  assert.equal(history.uptime(0), 240 / 302);
  assert.equal(new ProbeHistory(history.toSaved(10)).uptime(0), 240 / 302);
});

test('a failure that goes on is one entry with its start; success or another reason begins a new one', () => {
  const history = new ProbeHistory();
  let atMs = 0;
  for (let i = 0; i < 500; i++) check(history, (atMs += 10), 'down', 10, 'refused');
  check(history, (atMs += 10), 'down', 10, 'timed out');
  check(history, (atMs += 10), 'up', 10);
  check(history, (atMs += 10), 'down', 10, 'timed out');
  assert.deepEqual(
    history.failures.map(({ last, firstMs, count }) => [last.seen, firstMs, last.atMs, count]),
    [
      ['refused', 10, 5_000, 500],
      ['timed out', 5_010, 5_010, 1],
      ['timed out', 5_030, 5_030, 1],
    ],
  );
});
