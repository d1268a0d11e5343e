import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FrameReader } from '../../../src/domain/logs/frames.ts';
import { LineAssembler } from '../../../src/domain/logs/lines.ts';
import { ResumeFilter } from '../../../src/domain/logs/resume.ts';
import type { WireLine } from './wire.ts';
import { frames, join } from './wire.ts';

const base = Date.UTC(2026, 10, 21, 10) / 1000;

/** An engine that answers from a list, and is cut off after so many bytes. */
function readWithBreaks(lines: readonly WireLine[], breaks: readonly number[]): string[][] {
  const seen: string[][] = [[], []];
  const filter = new ResumeFilter();
  const decoder = new TextDecoder();
  let from: number | undefined;
  for (const breakAt of [...breaks, Number.POSITIVE_INFINITY]) {
    const assembler = new LineAssembler({ kind: 'framed' }, line => {
      const text = decoder.decode(line.bytes.subarray(line.start, line.end));
      const isNewer = filter.isNewer(line.stream, line.seconds, line.nanos);
      assert.equal(isNewer && filter.isLeap(line.stream), false);
      if (filter.accept(line.stream, line.seconds, line.nanos)) seen[line.stream]?.push(text);
    });
    const reader = new FrameReader((...payload) => assembler.push(...payload));
    const sinceSeconds = from;
    const answer = lines.filter(
      line => sinceSeconds === undefined || base + line.micros / 1e6 >= sinceSeconds,
    );
    reader.push(join(answer.flatMap(frames)).slice(0, breakAt));
    if (breakAt === Number.POSITIVE_INFINITY) assembler.finish();
    from = filter.resumeFrom(assembler.oldestOpenSeconds());
  }
  return seen;
}

const line = fc.record({
  stream: fc.constantFrom(0 as const, 1 as const),
  stepMicros: fc.constantFrom(0, 0, 1, 3, 400_000, 1_500_000),
  skewMicros: fc.integer({ min: 0, max: 5000 }),
  size: fc.constantFrom(0, 5, 20_000),
});

test('wherever a tail breaks, no line is lost and none comes twice, whatever shares a time', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 6 }),
      (made, breaks) => {
        let now = 10_000_000;
        const last = [0, 0];
        const lines = made.map((item, i): WireLine => {
          now += item.stepMicros;
          // stderr may be stamped some milliseconds behind stdout; within a stream times never fall.
          const micros = Math.max(last[item.stream] ?? 0, item.stream === 1 ? now - item.skewMicros : now);
          last[item.stream] = micros;
          return { stream: item.stream, micros, text: `${i}:${'y'.repeat(item.size)}` };
        });
        const wanted = [0, 1].map(stream =>
          lines.filter(item => item.stream === stream).map(item => item.text),
        );
        // Unfinished pieces with equal times cannot be told apart from a new line, so long lines get their own time.
        fc.pre(lines.every((item, i) => item.text.length < 16_384 || lines[i - 1]?.micros !== item.micros));
        assert.deepEqual(readWithBreaks(lines, breaks), wanted);
      },
    ),
    { numRuns: 300 },
  );
});

test('every break point of one short tail', () => {
  const lines: WireLine[] = Array.from({ length: 12 }, (_, i) => ({
    stream: i % 3 === 0 ? 1 : 0,
    micros: Math.floor(i / 2) * 300_000,
    text: `line ${i}`,
  }));
  const wanted = [0, 1].map(stream => lines.filter(item => item.stream === stream).map(item => item.text));
  const length = join(lines.flatMap(frames)).length;
  for (let at = 0; at <= length; at++)
    assert.deepEqual(readWithBreaks(lines, [at]), wanted, `broken at ${at}`);
});

test('a rotated file that is read again from its start gives nothing twice', () => {
  const filter = new ResumeFilter();
  const accepted = [1, 2, 3, 1, 2, 3, 4].filter(second => filter.accept(0, second, 0));
  assert.deepEqual(accepted, [1, 2, 3, 4]);
});

test('a replay that no longer has the last line held reports the hole', () => {
  const filter = new ResumeFilter();
  filter.accept(0, 100, 0);
  assert.equal(filter.resumeFrom(), 99);
  assert.equal(filter.isLeap(0), true);
  assert.equal(filter.accept(0, 130, 500_000_000), true);
  assert.equal(filter.isLeap(0), false);
});

test('a stream that was silent before the resumed stretch proves no hole', () => {
  const filter = new ResumeFilter();
  filter.accept(1, 10, 0);
  filter.accept(0, 100, 0);
  filter.resumeFrom();
  assert.equal(filter.isLeap(1), false);
});

test('a line that had begun before the cut is asked for again from its own time', () => {
  const filter = new ResumeFilter();
  filter.accept(0, 100, 0);
  assert.equal(filter.resumeFrom(42), 41);
});
