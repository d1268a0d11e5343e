import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHumanTime } from '../../../src/domain/incident/parseTime.ts';
import {
  formatDuration,
  formatMoment,
  formatTime,
  instantsOf,
  toWallTime,
} from '../../../src/domain/incident/time.ts';

const berlin = 'Europe/Berlin';
const utc = (text: string) => Date.parse(text);

test('five past midnight is 00:05, never 24:05', () => {
  assert.equal(formatTime(utc('2026-11-21T00:05:00Z'), 'UTC'), '00:05');
  assert.equal(formatMoment(utc('2026-11-21T00:05:00Z'), 'UTC'), '2026-11-21 00:05 UTC');
  assert.match(formatMoment(utc('2026-11-21T00:05:00Z'), berlin), /^2026-11-21 01:05 (?:CET|GMT\+1)$/);
});

test('another day than the one beside it is written with its date', () => {
  const late = utc('2026-11-21T23:50:00Z');
  assert.equal(formatTime(late, 'UTC', late + 600_000), '2026-11-21 23:50');
  assert.equal(formatTime(late, berlin, late + 600_000), '00:50');
});

test('durations are told in days, hours and minutes; a negative one stays negative', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0s'],
    [42_000, '42s'],
    [60_000, '1m'],
    [3_600_000, '1h'],
    [5_400_000, '1h 30m'],
    [93_900_000, '1d 2h 5m'],
    [-120_000, '-2m'],
  ];
  for (const [durationMs, text] of cases) assert.equal(formatDuration(durationMs), text);
});

test('a night of changed clocks has the length it had', () => {
  const [from] = instantsOf({ year: 2026, month: 10, day: 25, hour: 1, minute: 40, second: 0 }, berlin);
  const [, later] = instantsOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 20, second: 0 }, berlin);
  assert.equal(formatDuration((later ?? 0) - (from ?? 0)), '1h 40m');
});

test('the hour that spring skips was never, the one that autumn repeats was twice', () => {
  assert.deepEqual(instantsOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 }, berlin), []);
  assert.deepEqual(instantsOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 }, berlin), [
    utc('2026-10-25T00:30:00Z'),
    utc('2026-10-25T01:30:00Z'),
  ]);
});

test('every instant is among the instants of its own wall time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: utc('2020-01-01T00:00:00Z') / 1000, max: utc('2030-01-01T00:00:00Z') / 1000 }),
      fc.constantFrom(
        'UTC',
        berlin,
        'America/New_York',
        'Asia/Kolkata',
        'Pacific/Auckland',
        'Australia/Lord_Howe',
      ),
      (seconds, zone) => {
        const atMs = seconds * 1000;
        assert.ok(instantsOf(toWallTime(atMs, zone), zone).includes(atMs));
      },
    ),
  );
});

const nowMs = utc('2026-11-21T10:07:30Z');
const accepted: readonly (readonly [string, string])[] = [
  ['10:05', '2026-11-21T09:05:00Z'],
  ['10:05Z', '2026-11-21T10:05:00Z'],
  ['9:30:15 UTC', '2026-11-21T09:30:15Z'],
  ['-7m', '2026-11-21T10:00:30Z'],
  ['- 2 h', '2026-11-21T08:07:30Z'],
  ['now', '2026-11-21T10:07:30Z'],
  ['23:50', '2026-11-20T22:50:00Z'],
  ['yesterday 23:50', '2026-11-20T22:50:00Z'],
  ['today 08:00', '2026-11-21T07:00:00Z'],
  ['2026-11-19 08:00', '2026-11-19T07:00:00Z'],
  ['2026-11-21T10:05:02.113Z', '2026-11-21T10:05:02.113Z'],
  ['2026-11-21T10:05:00+02:00', '2026-11-21T08:05:00Z'],
];

for (const [text, expected] of accepted)
  test(`“${text}” is understood`, () => {
    assert.deepEqual(parseHumanTime(text, { nowMs, timeZone: berlin }), { ok: true, value: utc(expected) });
  });

for (const text of ['', 'soon', '25:00', '10:99', '-7', '2026-13-45T99:00:00Z', '10:05 pm'])
  test(`“${text}” is refused with a reason`, () => {
    const result = parseHumanTime(text, { nowMs, timeZone: berlin });
    assert.equal(result.ok, false);
    if (!result.ok) assert.match(result.error.message, /is not a time/);
  });

test('a time that was twice is asked about, one that never was is refused', () => {
  const frame = { nowMs: utc('2026-10-25T08:00:00Z'), timeZone: berlin };
  const twice = parseHumanTime('02:30', frame);
  assert.ok(!twice.ok);
  assert.deepEqual(twice.error.ambiguous, [utc('2026-10-25T00:30:00Z'), utc('2026-10-25T01:30:00Z')]);
  const never = parseHumanTime('2026-03-29 02:30', frame);
  assert.ok(!never.ok);
  assert.match(never.error.message, /put forward/);
});
