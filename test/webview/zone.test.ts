import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toDurationText } from '../../webview/duration.ts';
import { createZone } from '../../webview/zone.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

test('a time is written as the zone reads it', () => {
  const zone = createZone('Europe/Berlin');
  assert.equal(zone.dateTime(utc('2026-11-21T23:30:05')), '2026-11-22 00:30:05');
  assert.equal(zone.time(utc('2026-07-01T10:00:00')), '12:00:00');
  assert.equal(zone.minute(utc('2026-11-21T10:01:07')), '11:01');
});

test('midnight is 00, not 24', () => {
  assert.equal(createZone('UTC').time(utc('2026-11-21T00:00:00')), '00:00:00');
});

test('an unknown zone reads as UTC', () => {
  assert.equal(createZone('Nowhere/Town').time(utc('2026-11-21T10:00:00')), '10:00:00');
});

const parsed: readonly (readonly [string, string, string | undefined])[] = [
  ['UTC', '10:01:07', '2026-11-21T10:01:07'],
  ['UTC', ' 9:05 ', '2026-11-21T09:05:00'],
  ['UTC', '2026-11-20 23:59:59', '2026-11-20T23:59:59'],
  ['UTC', '2026-11-20T23:59', '2026-11-20T23:59:00'],
  ['Asia/Kolkata', '10:00', '2026-11-21T04:30:00'],
  ['Europe/Berlin', '2026-03-29 01:59:59', '2026-03-29T00:59:59'],
  ['Europe/Berlin', '2026-03-29 02:30', undefined],
  ['Europe/Berlin', '2026-03-29 03:00', '2026-03-29T01:00:00'],
  ['Europe/Berlin', '2026-10-25 03:00', '2026-10-25T02:00:00'],
  ['UTC', '25:00', undefined],
  ['UTC', '10:60', undefined],
  ['UTC', '2026-02-30 10:00', undefined],
  ['UTC', 'soon', undefined],
  ['UTC', '', undefined],
];

for (const [timeZone, text, expected] of parsed) {
  test(`"${text}" in ${timeZone} is ${expected ?? 'no moment'}`, () => {
    const atMs = createZone(timeZone).parse(text, utc('2026-11-21T12:00:00'));
    assert.equal(atMs, expected === undefined ? undefined : utc(expected));
  });
}

test('what is written reads back as a moment that is written the same, in every zone', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: utc('2030-01-01T00:00:00') / 1000 }),
      (name, s) => {
        const zone = createZone(name);
        const text = zone.dateTime(s * 1000);
        const atMs = zone.parse(text, s * 1000);
        assert.ok(atMs !== undefined, text);
        assert.equal(zone.dateTime(atMs), text);
      },
    ),
    { numRuns: 300 },
  );
});

const durations: readonly (readonly [number, string])[] = [
  [0, '0 ms'],
  [350.4, '350 ms'],
  [24_000, '24 s'],
  [60_000, '1 m'],
  [252_900, '4 m 12 s'],
  [7_500_000, '2 h 5 m'],
  [273_600_000, '3 d 4 h'],
  [-2000, '−2 s'],
];

for (const [ms, text] of durations) {
  test(`${ms} ms is said as ${text}`, () => assert.equal(toDurationText(ms), text));
}
