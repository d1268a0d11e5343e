import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMessage } from '../../src/shared/fields.ts';
import { serviceMessages } from '../../src/shared/serviceProtocol.ts';
import { toServiceSnapshot } from '../../src/ui/pages/serviceSnapshot.ts';
import { latencyPath, latencyScale, summarise } from '../../webview/service/latencyShapes.ts';
import { serviceNowMs, syntheticService } from './syntheticService.ts';

const moment = { revision: 1, nowMs: serviceNowMs, timeZone: 'UTC' };
const snapshot = toServiceSnapshot(syntheticService, 'postgres', moment);
const [ready, container] = snapshot?.probes ?? [];
const view = { fromMs: serviceNowMs - 3_600_000, untilMs: serviceNowMs, widthPx: 900 };

test('the lane of an hour shows the sleep as a gap and the outage to now', () => {
  assert.deepEqual(
    ready?.hourLane.map(span => span.state),
    ['up', 'down', 'up', 'gap', 'up', 'down'],
  );
  const gap = ready?.hourLane.find(span => span.state === 'gap');
  assert.ok(gap?.untilMs !== undefined && gap.untilMs - gap.fromMs > 300_000);
  assert.equal(ready?.hourLane.at(-1)?.untilMs, serviceNowMs);
});

test('the line of latency never crosses a gap, an outage or a blemish', () => {
  assert.ok(ready);
  const scale = latencyScale([30], 72);
  const path = latencyPath(ready.points, ready.gaps, ready.everyMs, { view, scale });
  assert.equal(path.match(/M/g)?.length, 3);
});

test('a failed check counts for no latency', () => {
  const points = fc.array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 1000 }),
      tookMs: fc.integer({ min: 1, max: 99 }),
      verdict: fc.constantFrom('up' as const, 'degraded' as const, 'down' as const, 'unknown' as const),
    }),
  );
  fc.assert(
    fc.property(points, list => {
      const answered = list.filter(one => one.verdict === 'up' || one.verdict === 'degraded');
      const summary = summarise(list);
      assert.equal(summary === undefined, answered.length === 0);
      if (!summary) return;
      assert.equal(summary.maxMs, Math.max(...answered.map(one => one.tookMs)));
      assert.ok(summary.medianMs <= summary.p95Ms && summary.p95Ms <= summary.maxMs);
    }),
  );
});

test('failures are newest first, and one that goes on is one line', () => {
  assert.ok(ready && container);
  const [run, blemish] = ready.failures;
  assert.equal(run?.count, 25);
  assert.equal(blemish?.count, 1);
  assert.ok(run && blemish && run.firstMs > blemish.atMs);
  assert.equal(container.failures.length, 1);
});

test('a service that is not configured has no page', () => {
  assert.equal(toServiceSnapshot(syntheticService, 'gone', moment), undefined);
  assert.equal(toServiceSnapshot(syntheticService, 'disk', moment)?.reason, 'not checked yet');
});

test('the page may ask for what is in the table and nothing else', () => {
  assert.deepEqual(parseMessage(serviceMessages, { type: 'probeNow', x: 1 }), { type: 'probeNow' });
  assert.equal(parseMessage(serviceMessages, { type: 'openRunbook' }), undefined);
});
