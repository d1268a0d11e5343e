import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileEnds } from '../../../src/domain/logs/fileEnds.ts';

const encoder = new TextEncoder();

/** What Docker's json-file driver writes for a line. */
function written(text: string, stream: number, nanos: number): number {
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  const log = JSON.stringify(`${text}\n`)
    .replace(/[<>&]/g, '\\u0000')
    .replace(/\\[bf]/g, '\\u0000');
  const json = `{"log":${log},"stream":"${stream === 1 ? 'stderr' : 'stdout'}","time":"2026-11-22T04:41:00${fraction}Z"}\n`;
  return encoder.encode(json).length;
}

function line(text: string, stream: number, nanos: number) {
  const bytes = encoder.encode(text);
  return { stream, seconds: 0, nanos, bytes, start: 0, end: bytes.length, isTruncated: false };
}

const texts = ['plain', '{"level":"warn","msg":"<a & b>"}', '\x1b[31mred\x1b[0m\tü', '\\path\b\f', ''];

test('a file ends with the line that fills it, to the byte, whatever has to be escaped', () => {
  const ends = new FileEnds(50_000);
  let bytes = 0;
  let files = 0;
  for (let i = 0; i < 5000; i++) {
    const text = `${texts[i % texts.length] ?? ''}${i}`;
    const nanos = (i * 123_400) % 1_000_000_000;
    ends.note(line(text, i % 2, nanos), false);
    bytes += written(text, i % 2, nanos);
    assert.equal(ends.isPast, bytes >= 50_000, `line ${i}`);
    if (bytes < 50_000) continue;
    files++;
    bytes = 0;
  }
  assert.ok(files > 5);
});

test('after what may have been a leap, the file that was read and another one may both be the right one', () => {
  const ends = new FileEnds(10 * 96);
  const next = (isAfterLoss = false) => {
    ends.note(line('x'.repeat(25), 0, 1), isAfterLoss);
    return ends.isPast;
  };
  const pasts = [0, 1, 2, 3].map(() => next());
  pasts.push(next(true));
  for (let i = 0; i < 15; i++) pasts.push(next());
  assert.deepEqual(
    pasts.flatMap((isPast, i) => (isPast ? [i + 1] : [])),
    [10, 14, 20],
  );
});

test('near its end a file is known to be', () => {
  const ends = new FileEnds(100 * 96);
  const near: boolean[] = [];
  for (let i = 0; i < 100; i++) {
    ends.note(line('x'.repeat(25), 0, 1), false);
    near.push(ends.isNear());
  }
  assert.equal(near.indexOf(true), 89);
  ends.note(line('x'.repeat(25), 0, 1), true);
  assert.equal(ends.isNear(), false);
});
