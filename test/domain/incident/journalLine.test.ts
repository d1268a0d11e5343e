import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareCausally, HybridClock } from '../../../src/domain/incident/hybridClock.ts';
import { isIncidentId, newIncidentId, newWriterId } from '../../../src/domain/incident/ids.ts';
import { chainStart, encodeEvent, parseLine } from '../../../src/domain/incident/journalLine.ts';
import { JournalReader } from '../../../src/domain/incident/journalReader.ts';
import { EventMaker, sha256, startMs } from './makeEvents.ts';

function linesOf(texts: readonly string[]): string[] {
  const made = new EventMaker();
  for (const [index, text] of texts.entries()) made.add('note.added', { text }, index);
  let previous = chainStart;
  return made.events.map(event => {
    if (event.t !== 'note.added') throw new Error('only notes here');
    const { line, checksum } = encodeEvent(event, previous, sha256);
    previous = checksum;
    return line;
  });
}

test('an event reads back as it was written, whatever text it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), texts => {
      const reader = new JournalReader(sha256);
      const events = reader.add(linesOf(texts));
      assert.deepEqual(reader.problems, []);
      assert.deepEqual(
        events.map(event => (event.t === 'note.added' ? event.b.text : undefined)),
        texts.map(text => JSON.parse(JSON.stringify(text))),
      );
    }),
  );
});

test('a line never holds a newline', () => {
  for (const line of linesOf(['a\nb', 'c\r\n\u2028'])) assert.doesNotMatch(line, /[\n\r]/);
});

test('every flipped character of a line is noticed', () => {
  const [line = ''] = linesOf(['disk is full']);
  for (let at = 0; at < line.length; at++) {
    const flipped = line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ 1) + line.slice(at + 1);
    assert.equal(parseLine(flipped, sha256).ok, false, `at ${at}`);
  }
});

test('every cut of a line is noticed', () => {
  const [line = ''] = linesOf(['disk is full']);
  for (let at = 0; at < line.length; at++) assert.equal(parseLine(line.slice(0, at), sha256).ok, false);
});

test('one damaged line is reported and hides none of the others', () => {
  const lines = linesOf(['a', 'b', 'c', 'd']);
  const reader = new JournalReader(sha256);
  const events = reader.add(lines.map((line, index) => (index === 1 ? line.replace('"b"', '"x"') : line)));
  assert.deepEqual(
    events.map(event => event.s),
    [1, 3, 4],
  );
  assert.equal(reader.problems.length, 2);
  assert.match(reader.problems[1] ?? '', /not continuous between events 1 and 3/);
});

test('a removed line is noticed', () => {
  const lines = linesOf(['a', 'b', 'c']);
  const reader = new JournalReader(sha256);
  assert.equal(reader.add([lines[0] ?? '', lines[2] ?? '']).length, 2);
  assert.equal(reader.problems.length, 1);
});

test('lines read before are passed over in silence', () => {
  const lines = linesOf(['a', 'b', 'c']);
  const reader = new JournalReader(sha256);
  assert.equal(reader.add(lines.slice(0, 2)).length, 2);
  assert.equal(reader.add(lines).length, 1);
  assert.deepEqual(reader.problems, []);
});

test('types, versions and bodies that are not understood are kept as unknown events', () => {
  const [line = ''] = linesOf(['a']);
  const base = JSON.parse(line.replace(/,"p":.*$/, '}'));
  const cases = [
    { ...base, t: 'moon.phase' },
    { ...base, v: 7 },
    { ...base, b: { text: 12 } },
    { ...base, b: null },
  ];
  for (const event of cases) {
    const parsed = parseLine(encodeEvent(event, chainStart, sha256).line, sha256);
    assert.ok(parsed.ok);
    const { event: read } = parsed.value;
    assert.equal(read.t, 'unknown');
    if (read.t === 'unknown') assert.deepEqual((read.b.raw as { b: unknown }).b, event.b);
  }
});

test('a line that is valid JSON with a right checksum but no envelope is refused, not thrown at', () => {
  for (const value of [{ v: 1 }, { v: 1, w: 'a', s: 1, h: [1, 2], at: 'never', ob: 'never', i: 'x', t: 'y' }])
    assert.equal(parseLine(encodeEvent(value as never, chainStart, sha256).line, sha256).ok, false);
});

test('hybrid time never goes back when the wall clock does', () => {
  let nowMs = 1_000_000;
  const clock = new HybridClock({ nowMs: () => nowMs });
  const first = clock.tick();
  nowMs -= 5_000;
  assert.deepEqual(
    [first, clock.tick(), clock.tick()],
    [
      [1_000_000, 0],
      [1_000_000, 1],
      [1_000_000, 2],
    ],
  );
});

test('hybrid time follows another writer, but not one ten minutes ahead', () => {
  const clock = new HybridClock({ nowMs: () => 1_000_000 });
  assert.equal(clock.receive([1_060_000, 4]), true);
  assert.deepEqual(clock.tick(), [1_060_000, 5]);
  assert.equal(clock.receive([1_000_000 + 600_001, 0]), false);
  assert.deepEqual(clock.tick(), [1_060_000, 6]);
});

test('causal order is total and the same from both sides', () => {
  const made = new EventMaker();
  for (const w of ['B', 'A', 'B']) made.add('note.added', { text: w }, 1, { w });
  const sorted = [...made.events].sort(compareCausally).map(event => `${event.w}${event.s}`);
  assert.deepEqual(sorted, ['A1', 'B1', 'B2']);
  assert.deepEqual(
    [...made.events]
      .reverse()
      .sort(compareCausally)
      .map(event => `${event.w}${event.s}`),
    sorted,
  );
});

test('incident ids fit a file name, a hashtag and a label, and avoid known ones', () => {
  const values = [0, 0, 0, 0, 0.5, 0.99, 0.03, 0.4];
  const id = newIncidentId(
    startMs,
    () => values.shift() ?? 0,
    known => known === 'inc-20261121-0000',
  );
  assert.equal(id, 'inc-20261121-gz0c');
  assert.ok(isIncidentId(id));
  for (const bad of ['../x', 'inc-2026-1', 'inc-20261121-', 'inc-20261121-aa/b', 'INC-20261121-aaaa'])
    assert.equal(isIncidentId(bad), false, bad);
});

test('an id is found even when all short ones are taken', () => {
  const id = newIncidentId(
    startMs,
    () => 0,
    known => known.length < 18,
  );
  assert.equal(id, 'inc-20261121-00000');
});

test('writer ids sort by time', () => {
  const early = newWriterId(startMs, () => 0.99);
  const late = newWriterId(startMs + 1, () => 0);
  assert.ok(early < late);
  assert.match(early, /^[0-9A-HJKMNP-TV-Z]{26}$/);
});
