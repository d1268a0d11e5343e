import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Lane, LaneSpan } from '../../../src/domain/incident/model.ts';
import { toDensity, toMarks, toShapes } from '../../../webview/timeline/laneShapes.ts';
import { pan, ticks, toTime, toX, within, zoom } from '../../../webview/timeline/timeView.ts';
import { createZone } from '../../../webview/zone.ts';

const states: readonly LaneSpan['state'][] = ['up', 'down', 'gap', 'degraded', 'blocked', 'pending'];
const limits = { fromMs: 0, untilMs: 1_000_000, widthPx: 800 };

const views = fc
  .tuple(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: 2000, max: 100_000 }))
  .map(([fromMs, spanMs]) => ({ fromMs, untilMs: fromMs + spanMs, widthPx: 800 }));

const lanes = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom(...states)), {
    minLength: 1,
    maxLength: 200,
  })
  .map((parts): Lane => {
    let fromMs = 0;
    const spans = parts.map(([tookMs, state], index): LaneSpan => {
      const span = { fromMs, untilMs: index === parts.length - 1 ? undefined : fromMs + tookMs, state };
      fromMs += tookMs;
      return span;
    });
    return { serviceId: 'a', title: 'a', spans };
  });

test('a pixel and its moment lead back to each other', () => {
  fc.assert(
    fc.property(views, fc.double({ min: 0, max: 800, noNaN: true }), (view, x) => {
      assert.ok(Math.abs(toX(view, toTime(view, x)) - x) < 0.001);
    }),
  );
});

test('zooming keeps the moment under the pointer, and never leaves what there is', () => {
  fc.assert(
    fc.property(
      views,
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (view, factor, share) => {
        const start = within(view, limits);
        const aroundMs = start.fromMs + share * (start.untilMs - start.fromMs);
        const zoomed = zoom(start, factor, aroundMs, limits);
        assert.ok(zoomed.fromMs >= limits.fromMs - 0.001 && zoomed.untilMs <= limits.untilMs + 0.001);
        const isFree = zoomed.fromMs > limits.fromMs + 1 && zoomed.untilMs < limits.untilMs - 1;
        if (isFree) assert.ok(Math.abs(toX(zoomed, aroundMs) - toX(start, aroundMs)) < 0.01);
      },
    ),
  );
});

test('moving stops at both ends without squeezing', () => {
  const view = { fromMs: 100, untilMs: 50_100, widthPx: 800 };
  assert.deepEqual(pan(view, -5000, limits), { fromMs: 0, untilMs: 50_000, widthPx: 800 });
  assert.deepEqual(pan(view, 9e9, limits), { fromMs: 950_000, untilMs: 1_000_000, widthPx: 800 });
});

test('shapes stay inside, in order, and every visible outage is there at any zoom', () => {
  fc.assert(
    fc.property(lanes, views, (lane, view) => {
      const nowMs = 6_000_000;
      const shapes = toShapes(lane, view, nowMs);
      for (const [index, shape] of shapes.entries()) {
        assert.ok(shape.x >= 0 && shape.x <= view.widthPx);
        assert.ok(shape.x >= (shapes[index - 1]?.x ?? 0));
      }
      for (const span of lane.spans.filter(one => one.state === 'down')) {
        if ((span.untilMs ?? nowMs) < view.fromMs || span.fromMs > view.untilMs) continue;
        const x = Math.max(0, toX(view, span.fromMs));
        assert.ok(shapes.some(shape => shape.state === 'down' && Math.abs(shape.x - x) <= 1.6));
      }
      assert.ok(shapes.length <= view.widthPx / 0.7);
    }),
  );
});

test('ticks are round on the clock of the zone', () => {
  const fromMs = Date.parse('2026-11-21T04:10:00Z');
  const view = { fromMs, untilMs: fromMs + 3 * 3_600_000, widthPx: 800 };
  const texts = ticks(view, createZone('Asia/Kolkata')).map(tick => tick.text);
  assert.ok(texts.includes('10:00'), texts.join(' '));
  assert.ok(
    texts.every(text => /:(00|30)$/.test(text)),
    texts.join(' '),
  );
});

test('marks and density count every entry once', () => {
  const rows = Array.from({ length: 300 }, (none, index) => {
    void none;
    return { id: `a:${index}`, kind: 'step', atMs: index * 100, event: '', relevance: 'key' } as const;
  });
  const view = { fromMs: 0, untilMs: 30_000, widthPx: 800 };
  const marks = toMarks(rows, view);
  assert.equal(marks.flatMap(mark => mark.rows).length, 300);
  assert.ok(marks.every((mark, index) => index === 0 || mark.x - (marks[index - 1]?.x ?? 0) >= 9));
  assert.equal(Math.max(...toDensity(rows, view, 4)), 1);
  assert.equal(Math.max(...toDensity([], view, 4)), 0);
});
