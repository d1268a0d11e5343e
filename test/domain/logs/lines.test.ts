import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FrameReader } from '../../../src/domain/logs/frames.ts';
import type { LineFormat } from '../../../src/domain/logs/lines.ts';
import { LineAssembler, maxLineBytes } from '../../../src/domain/logs/lines.ts';
import type { WireLine } from './wire.ts';
import { cut, frame, frames, join, stamp } from './wire.ts';

interface Seen {
  readonly stream: number;
  readonly text: string;
  readonly micros: number;
  readonly isTruncated: boolean;
}

const base = Date.UTC(2026, 10, 21, 10) / 1000;

function read(kind: LineFormat['kind'], chunks: readonly Uint8Array[]): Seen[] {
  const seen: Seen[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const assembler = new LineAssembler({ kind }, line => {
    seen.push({
      stream: line.stream,
      text: decoder.decode(line.bytes.subarray(line.start, line.end)),
      micros: (line.seconds - base) * 1e6 + line.nanos / 1000,
      isTruncated: line.isTruncated,
    });
  });
  const reader = new FrameReader((...payload) => assembler.push(...payload));
  for (const chunk of chunks) {
    if (kind === 'framed') reader.push(chunk);
    else assembler.push(0, chunk, 0, chunk.length, false);
  }
  assembler.finish();
  return seen;
}

const texts = (lines: readonly Seen[]) => lines.map(line => line.text);
const encode = (text: string) => new TextEncoder().encode(text);

const anyText = fc.oneof(
  fc.string({ maxLength: 40 }).map(text => text.replace(/[\r\n]/g, '')),
  fc.string({ unit: 'binary', maxLength: 20 }).map(text => text.replace(/[\r\n\ud800-\udfff]/g, '')),
  fc.constantFrom(
    '',
    ' ',
    'ünïcödé ✓ 🜁',
    '2026-11-21T10:00:00.000000000Z inside',
    '\0nul',
    '\x1b[31mred\x1b[0m',
  ),
  fc.integer({ min: 16_380, max: 40_000 }).map(length => 'x€'.repeat(length / 4)),
);

test('every cut of a framed stream gives the same lines', () => {
  const lines = fc.array(fc.record({ stream: fc.constantFrom(0, 1), text: anyText }), {
    minLength: 1,
    maxLength: 12,
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lines, sizes, (made, cuts) => {
      const wire: WireLine[] = made.map((line, i) => ({ ...line, micros: i * 7 }) as WireLine);
      const seen = read('framed', cut(join(wire.flatMap(frames)), cuts));
      assert.deepEqual(
        seen,
        wire
          .map(line => ({ ...line, isTruncated: false }))
          .map(({ stream, text, micros, isTruncated }) => ({
            stream,
            text,
            micros,
            isTruncated,
          })),
      );
    }),
    { numRuns: 150 },
  );
});

test('a stream cut after every single byte gives the same lines', () => {
  const wire: WireLine[] = ['a', '', 'zwölf €', 'end'].map((text, i) => ({
    stream: i % 2 ? 1 : 0,
    micros: i,
    text,
  }));
  const bytes = join(wire.flatMap(frames));
  assert.deepEqual(texts(read('framed', cut(bytes, [1]))), ['a', '', 'zwölf €', 'end']);
});

test('every cut of a terminal stream gives the same lines, without CR and without the times inside long ones', () => {
  const long = 'L'.repeat(40_000);
  const pieces = [long.slice(0, 16_384), long.slice(16_384, 32_768), long.slice(32_768)];
  const bytes = encode(
    `${stamp(1)} one\r\n${pieces.map(piece => `${stamp(2)} ${piece}`).join('')}\r\n${stamp(3)} \r\n${stamp(4)} end`,
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }), sizes => {
      assert.deepEqual(texts(read('raw', cut(bytes, sizes))), ['one', long, '', 'end']);
    }),
    { numRuns: 60 },
  );
});

test('pieces of a long line join across frames of the other stream', () => {
  const start = 'A'.repeat(16_384);
  const bytes = [
    frame(0, `${stamp(1)} ${start}`),
    frame(1, `${stamp(5)} in the middle\n`),
    frame(0, `${stamp(1)} END\n`),
  ];
  assert.deepEqual(
    read('framed', bytes).map(({ stream, text, micros }) => [stream, text.length, micros]),
    [
      [1, 13, 5],
      [0, 16_387, 1],
    ],
  );
});

test('a last line without newline is a line, and does not swallow the first one after a restart', () => {
  const bytes = [frame(0, `${stamp(1)} dying words`), frame(0, `${stamp(9)} born again\n`)];
  assert.deepEqual(texts(read('framed', bytes)), ['dying words', 'born again']);
  assert.deepEqual(texts(read('framed', bytes.slice(0, 1))), ['dying words']);
});

test('a line over the limit is cut and marked, and the next one is whole', () => {
  const bytes = join([
    ...frames({ stream: 0, micros: 1, text: 'm'.repeat(50 * 1024 * 1024) }),
    ...frames({ stream: 0, micros: 2, text: 'next' }),
  ]);
  const seen = read('framed', cut(bytes, [65_536]));
  assert.deepEqual(
    seen.map(line => [line.text.length, line.isTruncated]),
    [
      [maxLineBytes, true],
      [4, false],
    ],
  );
});

test('bytes that are not UTF-8, NUL bytes and payload without a time are shown as they are', () => {
  const bytes = [
    frame(0, join([encode(`${stamp(1)} a`), new Uint8Array([0xff, 0, 0xc3, 10])])),
    frame(1, 'no time\n'),
  ];
  assert.deepEqual(texts(read('framed', bytes)), ['a\ufffd\0\ufffd', 'no time']);
});

test('a file needs no times: CRLF and a missing last newline', () => {
  assert.deepEqual(texts(read('plain', [encode('one\r'), encode('\ntwo\n\nthr'), encode('ee')])), [
    'one',
    'two',
    '',
    'three',
  ]);
});

test('times with an offset and with fewer digits are understood', () => {
  const bytes = [
    frame(0, '2026-11-21T12:00:00.5+02:00 half\n'),
    frame(0, '2026-11-21T10:00:01Z one\n'),
    frame(0, '2026-99-21T10:00:01Z odd\n'),
  ];
  assert.deepEqual(
    read('framed', bytes).map(({ text, micros }) => [text, micros]),
    [
      ['half', 500_000],
      ['one', 1_000_000],
      ['2026-99-21T10:00:01Z odd', 1_000_000],
    ],
  );
});

test('frames without newlines cost linear time', () => {
  const one = frame(0, 'x');
  const bytes = join(Array.from({ length: 100_000 }, () => one));
  const startedMs = performance.now();
  read('framed', [bytes]);
  assert.ok(performance.now() - startedMs < 20_000);
});
