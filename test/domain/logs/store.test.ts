import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogStore } from '../../../src/domain/logs/store.ts';

const encoder = new TextEncoder();

function add(store: LogStore, text: string, seconds: number, stream = 0): void {
  const bytes = encoder.encode(text);
  store.append({ stream, seconds, nanos: 5, bytes, start: 0, end: bytes.length, isTruncated: false });
}

test('a store keeps the newest lines under their numbers and counts what it dropped', () => {
  const store = new LogStore('a', { maxLines: 3000, maxBytes: 1e9 });
  for (let i = 0; i < 10_000; i++) add(store, `line ${i} ✓`, i, i % 2);
  assert.deepEqual([store.size, store.firstSeq, store.nextSeq], [3000, 7000, 10_000]);
  for (const seq of [7000, 8191, 9999]) {
    assert.equal(store.text(seq), `line ${seq} ✓`);
    assert.equal(store.sequentialText(seq), `line ${seq} ✓`);
    assert.equal(store.stream(seq), seq % 2);
    assert.equal(store.timeNs(seq), BigInt(seq) * 1_000_000_000n + 5n);
  }
  assert.equal(store.has(6999), false);
});

test('memory is bounded by bytes, too, and freed in whole blocks', () => {
  const store = new LogStore('a', { maxLines: 100_000, maxBytes: 2 * 1024 * 1024 });
  const text = 'z'.repeat(200_000);
  for (let i = 0; i < 100; i++) add(store, `${i} ${text}`, i);
  assert.ok(store.heldBytes <= 2 * 1024 * 1024, String(store.heldBytes));
  assert.ok(store.size >= 5);
  assert.equal(store.text(99), `99 ${text}`);
  assert.equal(store.text(store.firstSeq), `${store.firstSeq} ${text}`);
});

test('memory stays flat over eight hours of 1,000 lines a second', () => {
  const store = new LogStore('a', { maxLines: 10_000, maxBytes: 64 * 1024 * 1024 });
  const bytes = encoder.encode('x'.repeat(100));
  const line = { stream: 0, seconds: 1, nanos: 0, bytes, start: 0, end: 100, isTruncated: false };
  let peak = 0;
  for (let i = 0; i < 8 * 3600 * 100; i++) {
    store.append(line);
    if (i > 20_000 && i % 10_000 === 0) peak = Math.max(peak, store.heldBytes);
  }
  assert.ok(peak <= 10_000 * 100 + 2 * 256 * 1024, String(peak));
});

test('a text read in order is right in a block that grows and has other letters', () => {
  const store = new LogStore('a');
  add(store, 'plain', 1);
  assert.equal(store.sequentialText(0), 'plain');
  add(store, 'zwölf', 2);
  add(store, '', 2);
  assert.deepEqual(
    [0, 1, 2].map(seq => store.sequentialText(seq)),
    ['plain', 'zwölf', ''],
  );
  store.forgetTexts();
  assert.equal(store.text(1, 1), 'z');
});

test('boundaries stand among the lines and go with them', () => {
  const store = new LogStore('a', { maxLines: 2, maxBytes: 1e9 });
  add(store, 'one', 1);
  store.appendBoundary({ sourceId: 'a', kind: 'stopped', atMs: 2500, detail: 'exit 137' });
  assert.equal(store.isBoundary(1), true);
  assert.equal(store.boundary(1)?.detail, 'exit 137');
  assert.equal(store.timeMs(1), 2500);
  add(store, 'two', 3);
  add(store, 'three', 4);
  assert.equal(store.boundary(1), undefined);
  assert.equal(store.isBoundary(3), false);
});
