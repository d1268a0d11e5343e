import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SkipWatch } from '../../../src/domain/logs/skipWatch.ts';

const bytes = new TextEncoder().encode('a line of 25 characters.');
/** With what the engine writes around it, a line of 100 bytes: 2,000 fill a file of 200 kB. */
const line = (ms: number, stream = 0) => ({
  stream,
  seconds: Math.floor(ms / 1000),
  nanos: Math.round((ms % 1000) * 1e6),
  bytes,
  start: 0,
  end: 25,
  isTruncated: false,
});

interface Stretch {
  readonly lines: number;
  readonly everyMs: number;
  /** Before the first line, by the line's time and by the reader's clock. */
  readonly pauseMs?: number;
  readonly waitMs?: number;
}

/** Lengths of the skips found, when the reader is as fast as the writer except where told. */
function skips(stretches: readonly Stretch[], openedMs = 0): number[] {
  const watch = new SkipWatch(200_000, openedMs);
  const found: number[] = [];
  let timeMs = 1_000_000;
  let arrivalMs = 1_000_000;
  for (const { lines, everyMs, pauseMs = everyMs, waitMs = pauseMs } of stretches) {
    for (let i = 0; i < lines; i++) {
      timeMs += i === 0 ? pauseMs : everyMs;
      arrivalMs += i === 0 ? waitMs : everyMs;
      watch.setArrival(arrivalMs);
      const next = line(timeMs, i % 2);
      const isSkip = watch.isSkip(next);
      watch.note(next, isSkip);
      if (isSkip) found.push(Math.round(i === 0 ? pauseMs : everyMs));
    }
  }
  return found;
}

test('a leap over half a file for which the reader did not wait is a skip', () => {
  assert.deepEqual(
    skips([
      { lines: 5000, everyMs: 0.2 },
      { lines: 5000, everyMs: 0.2, pauseMs: 200, waitMs: 0 },
      { lines: 10, everyMs: 0.2, pauseMs: 300, waitMs: 20 },
      { lines: 10, everyMs: 0.2, pauseMs: 250, waitMs: 0 },
    ]),
    [200, 300, 250],
  );
});

test('a writer that pauses while the reader waits skips nothing', () => {
  assert.deepEqual(
    skips([
      { lines: 5000, everyMs: 0.2 },
      { lines: 5000, everyMs: 0.2, pauseMs: 200 },
      { lines: 5, everyMs: 1, pauseMs: 3_600_000 },
    ]),
    [],
  );
});

test('where files fill faster than the engine looks, even a leap with a wait may be a skip', () => {
  const stretches = [
    { lines: 5000, everyMs: 0.02 },
    { lines: 10, everyMs: 0.02, pauseMs: 100 },
  ];
  assert.deepEqual(
    skips(stretches).filter(ms => ms > 1),
    [100],
  );
});

test('of a writer that pauses between its bursts, a leap is measured by the bursts', () => {
  const bursts = Array.from({ length: 40 }, () => ({ lines: 250, everyMs: 0.002, pauseMs: 1 }));
  const leap = { lines: 10, everyMs: 0.002, pauseMs: 1.5, waitMs: 0 };
  assert.ok(skips([...bursts, leap]).includes(2));
});

test('in a flood the end of every file is suspicious: a few lines that are lost there leave no trace', () => {
  const [flood, calm] = [0.02, 1].map(everyMs => skips([{ lines: 10_000, everyMs }]));
  // 10,000 lines of less than 96 bytes, as the engine writes them, fill four files.
  assert.equal(flood?.length, 4);
  assert.deepEqual(calm, []);
});

test('where a file is about to end, a leap over a hundredth of it is enough', () => {
  const leapAt = (lines: number) =>
    skips([
      { lines, everyMs: 0.02 },
      { lines: 1, everyMs: 0.02, pauseMs: 0.6, waitMs: 0 },
    ]);
  assert.deepEqual(leapAt(2060), [1]);
  assert.deepEqual(leapAt(1800), []);
});

test('bursts at a moderate rate skip nothing, though they come late', () => {
  const bursts = Array.from({ length: 200 }, () => ({ lines: 100, everyMs: 0.01, pauseMs: 30, waitMs: 0 }));
  assert.deepEqual(skips(bursts), []);
});

test('what was written before the reader came cannot be skipped: the nights of an old log are pauses', () => {
  const nights = Array.from({ length: 20 }, () => ({
    lines: 3000,
    everyMs: 1,
    pauseMs: 36_000_000,
    waitMs: 0,
  }));
  assert.deepEqual(skips(nights, 1e12), []);
});
