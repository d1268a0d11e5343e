import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogView } from '../../../src/app/logs/logView.ts';
import { TailFeed } from '../../../src/app/logs/tailFeed.ts';
import type { LogTail } from '../../../src/app/logTails.ts';
import { noFilter } from '../../../src/domain/logs/filter.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

const encoder = new TextEncoder();

function setup(labels: readonly string[], maxLines = 1000) {
  const clock = new FakeClock();
  const feeds = labels.map(label => new TailFeed(label, clock, { maxLines, maxBytes: 1e9 }));
  const tails = feeds.map(
    (feed, i): LogTail => ({
      source: { kind: 'container', ref: { by: 'name', name: labels[i] ?? '' } },
      id: labels[i] ?? '',
      label: labels[i] ?? '',
      store: feed.store,
      facts: feed.facts,
      older: undefined,
      state: feed.state,
      onDidAppend: feed.onDidAppend,
      onDidChangeState: feed.onDidChangeState,
      recentLines: () => [],
      snapshot: () => [],
      dispose: () => undefined,
    }),
  );
  const view = new LogView(clock);
  view.setTails(tails);
  const add = (source: number, seconds: number, text: string, stream = 0) => {
    const bytes = encoder.encode(text);
    const line = { stream, seconds, nanos: 0, bytes, start: 0, end: bytes.length, isTruncated: false };
    feeds[source]?.append(line);
  };
  const shown = () => {
    const texts: string[] = [];
    for (let row = view.rows.first; row < view.rows.end; row++) {
      const ref = view.rows.at(row);
      if (ref !== undefined) texts.push(feeds[ref.source]?.store.text(ref.seq) ?? '');
    }
    return texts;
  };
  return { clock, feeds, view, add, shown };
}

const trace = ['ERROR boom', 'Traceback (most recent call last):', '  File "a.py"', 'KeyError: x'];

test('several sources stand in the order of time, also when one comes late', async () => {
  const { clock, view, add, shown } = setup(['a', 'b']);
  add(0, 1, 'a1');
  add(1, 2, 'b2');
  add(0, 3, 'a3');
  await clock.advance(100);
  add(1, 2.5, 'b2.5');
  add(0, 4, 'a4');
  await clock.advance(100);
  assert.deepEqual(shown(), ['a1', 'b2', 'b2.5', 'a3', 'a4']);
  view.dispose();
});

test('lines of an event fold under their head, and unfold in place', async () => {
  const { clock, view, add, shown } = setup(['a']);
  for (const text of ['before', ...trace, 'INFO after']) add(0, 1, text);
  await clock.advance(100);
  assert.deepEqual(shown(), ['before', 'ERROR boom', 'INFO after']);
  view.toggleFold(1);
  assert.deepEqual(shown(), ['before', ...trace, 'INFO after']);
  view.toggleFold(1);
  assert.deepEqual(shown(), ['before', 'ERROR boom', 'INFO after']);
  view.foldAll(false);
  await clock.advance(100);
  assert.deepEqual(shown(), ['before', ...trace, 'INFO after']);
  view.dispose();
});

test('a filter keeps an event whole: a match in its body shows its head', async () => {
  const { clock, view, add, shown } = setup(['a']);
  for (const text of ['before', ...trace, 'INFO after']) add(0, 1, text);
  view.setFilter({ ...noFilter, include: 'keyerror' });
  await clock.advance(100);
  assert.deepEqual(shown(), ['ERROR boom']);
  view.setFilter({ ...noFilter, levels: ['info'] });
  await clock.advance(100);
  assert.deepEqual(shown(), ['INFO after']);
  view.setFilter({ ...noFilter, include: '(' });
  await clock.advance(100);
  assert.match(view.filterError, /include/);
  assert.deepEqual(shown(), ['INFO after']);
  view.dispose();
});

test('filters by stream and source', async () => {
  const { clock, view, add, shown } = setup(['a', 'b']);
  add(0, 1, 'a out', 0);
  add(0, 2, 'a err', 1);
  add(1, 3, 'b err', 1);
  view.setFilter({ ...noFilter, streams: ['stderr'], sources: ['a'] });
  await clock.advance(100);
  assert.deepEqual(shown(), ['a err']);
  view.dispose();
});

test('search counts rows, folded lines included, and goes on with new ones', async () => {
  const { clock, view, add } = setup(['a']);
  for (const text of ['one', ...trace, 'INFO x']) add(0, 1, text);
  view.setSearch('keyerror|one');
  await clock.advance(100);
  assert.equal(view.rows.hitCount, 2);
  add(0, 9, 'one more');
  await clock.advance(100);
  assert.equal(view.rows.hitCount, 3);
  view.setSearch('');
  assert.equal(view.rows.hitCount, 0);
  view.dispose();
});

test('rows keep their numbers when older ones are dropped', async () => {
  const { clock, view, add, shown } = setup(['a'], 100);
  for (let i = 0; i < 100; i++) add(0, i, `line ${i}`);
  await clock.advance(100);
  const row = view.rows.first + 70;
  const before = view.rows.at(row);
  for (let i = 100; i < 150; i++) add(0, i, `line ${i}`);
  await clock.advance(100);
  assert.deepEqual(view.rows.at(row), before);
  assert.equal(view.rows.first, 50);
  assert.equal(shown()[0], 'line 50');
  view.dispose();
});
