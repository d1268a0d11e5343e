import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareRows,
  type TimelineRow,
  type TimelineSnapshot,
} from '../../../src/shared/timelineProtocol.ts';
import { TimelineFeed } from '../../../src/ui/pages/timelineFeed.ts';
import { categories, countRows, emptyFilter, filterRows } from '../../../webview/timeline/rowFilter.ts';
import { RowStore } from '../../../webview/timeline/rowStore.ts';
import { nowMs, syntheticIncident, toEntry } from '../syntheticIncident.ts';

const row = (id: string, more: Partial<TimelineRow> = {}): TimelineRow => ({
  id,
  kind: 'health',
  atMs: 1000,
  event: 'postgres went down',
  relevance: 'normal',
  ...more,
});

test('entries of one moment stand in the order they were written, beyond nine', () => {
  const sorted = [row('w:10'), row('w:9'), row('a:3'), row('w:1', { atMs: 5 })].sort(compareRows);
  assert.deepEqual(
    sorted.map(one => one.id),
    ['w:1', 'a:3', 'w:9', 'w:10'],
  );
});

const arbitraryEntry = fc
  .record({
    seq: fc.integer({ min: 1, max: 40 }),
    atMs: fc.integer({ min: 0, max: 9 }),
    event: fc.constantFrom('up', 'down', 'x'),
    isPinned: fc.boolean(),
  })
  .map(({ seq, atMs, event, isPinned }) => ({ ...toEntry(seq, 'health', atMs, event), isPinned }));

const arbitraryEntries = fc.uniqueArray(arbitraryEntry, { selector: entry => entry.id, maxLength: 30 });

test('the page holds what the incident says after any run of snapshots, lost and late ones included', () => {
  const deliveries = fc.array(fc.constantFrom('arrives', 'lost', 'twice'), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(arbitraryEntries, { minLength: 1, maxLength: 8 }), deliveries, (steps, fates) => {
      const feed = new TimelineFeed();
      const page = new RowStore();
      const base = syntheticIncident();
      const deliver = (snapshot: TimelineSnapshot) => {
        if (page.apply(snapshot) !== 'missing') return;
        feed.reset();
        assert.equal(page.apply(feed.snapshot({ ...base, entries: steps.at(-1) ?? [] }, 0, true)), 'applied');
      };
      for (const [index, entries] of steps.entries()) {
        const snapshot = feed.snapshot({ ...base, entries }, 0, true);
        const isLast = index === steps.length - 1;
        const fate = fates[index] ?? 'arrives';
        if (fate === 'lost' && !isLast) continue;
        deliver(snapshot);
        if (fate === 'twice' && snapshot.baseRevision !== undefined)
          assert.notEqual(page.apply(snapshot), 'applied');
        if (fate === 'twice') continue;
      }
      const expected = [...(steps.at(-1) ?? [])].sort(compareRows);
      assert.deepEqual(
        page.rows.map(one => [one.id, one.atMs, one.event, one.isPinned ?? false]),
        expected.map(one => [one.id, one.atMs, one.event, one.isPinned]),
      );
    }),
  );
});

test('after the first snapshot only what changed is sent', () => {
  const feed = new TimelineFeed();
  const incident = syntheticIncident(10_000);
  assert.equal(feed.snapshot(incident, nowMs, true).rows.length, 10_000);
  assert.equal(feed.snapshot(structuredClone(incident), nowMs, true).rows.length, 0);
  const [first, ...rest] = incident.entries;
  assert.ok(first);
  const changed = feed.snapshot(
    { ...incident, entries: [{ ...first, isPinned: true }, ...rest] },
    nowMs,
    true,
  );
  assert.deepEqual(
    changed.rows.map(one => one.id),
    [first.id],
  );
  assert.deepEqual(feed.snapshot({ ...incident, entries: rest }, nowMs, true).removedIds, [first.id]);
});

test('an unpinned row arrives as a change although a field has gone', () => {
  const feed = new TimelineFeed();
  const incident = syntheticIncident();
  const pinned = incident.entries.map(entry => ({ ...entry, isPinned: true }));
  feed.snapshot({ ...incident, entries: pinned }, 0, true);
  const unpinned = pinned.map(entry => ({ ...entry, isPinned: false }));
  assert.equal(feed.snapshot({ ...incident, entries: unpinned }, 0, true).rows.length, pinned.length);
});

test('each chip shows as many rows as it counts', () => {
  const store = new RowStore();
  store.apply(new TimelineFeed().snapshot(syntheticIncident(500), nowMs, true));
  const counts = countRows(store.rows);
  for (const category of categories) {
    const shown = filterRows(store.rows, { ...emptyFilter, chosen: new Set([category]) });
    assert.equal(shown.length, counts[category], category);
  }
  assert.equal(filterRows(store.rows, emptyFilter).length, store.rows.length - counts.raw);
});

test('search takes every word, in any field and case; range and service narrow further', () => {
  const rows = [
    row('a:1', { event: 'Postgres DIED', who: 'Night shift', serviceId: 'postgres' }),
    row('a:2', { event: 'redis died', atMs: 2000, serviceId: 'redis' }),
  ];
  const ids = (change: Partial<typeof emptyFilter>) =>
    filterRows(rows, { ...emptyFilter, ...change }).map(one => one.id);
  assert.deepEqual(ids({ search: 'died night' }), ['a:1']);
  assert.deepEqual(ids({ search: 'DIED' }), ['a:1', 'a:2']);
  assert.deepEqual(ids({ search: 'nowhere' }), []);
  assert.deepEqual(ids({ range: { fromMs: 1500, untilMs: 2000 } }), ['a:2']);
  assert.deepEqual(ids({ serviceId: 'postgres' }), ['a:1']);
});
