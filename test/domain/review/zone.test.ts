import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { toTimelineRows } from '../../../src/domain/review/rows.ts';
import { wallOfRow } from '../../../src/domain/review/tableTimes.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import { toDurationText, toZone } from '../../../src/domain/review/zone.ts';
import { entry, sampleIncident } from './sample.ts';

const durations: readonly (readonly [number, string | undefined])[] = [
  [0, '0s'],
  [42_900, '42s'],
  [60_000, '1m'],
  [42 * 60_000, '42m'],
  [3_600_000, '1h'],
  [100 * 60_000, '1h 40m'],
  [26 * 3_600_000 + 300_000, '1d 2h 5m'],
  [86_400_000, '1d'],
  [-1, undefined],
  [Number.NaN, undefined],
];

for (const [ms, text] of durations) {
  test(`${ms} ms is ${text ?? 'no duration'}`, () => assert.equal(toDurationText(ms), text));
}

test('five past midnight is 00:05, never 24:05', () => {
  assert.equal(toZone('UTC').timeOf(Date.parse('2026-11-22T00:05:00Z')), '00:05');
  assert.equal(toZone('Europe/Berlin').timeOf(Date.parse('2026-11-21T23:05:00Z')), '00:05');
});

test('an unknown zone is UTC and says so', () => {
  const zone = toZone('Mars/Olympus');
  assert.deepEqual([zone.label, zone.timeOf(0), zone.offsetOf(0)], ['UTC', '00:00', '+00:00']);
});

const zones: readonly (readonly [string, string, string])[] = [
  ['Asia/Kolkata', '2026-11-21 15:30', '+05:30'],
  ['America/St_Johns', '2026-11-21 06:30', '-03:30'],
  ['Pacific/Kiritimati', '2026-11-22 00:00', '+14:00'],
];

for (const [name, wall, offset] of zones) {
  test(`10:00 UTC in ${name} is ${wall}`, () => {
    const zone = toZone(name);
    const at = Date.parse('2026-11-21T10:00:00Z');
    assert.deepEqual([`${zone.dateOf(at)} ${zone.timeOf(at)}`, zone.offsetOf(at)], [wall, offset]);
  });
}

const template = parseTemplate('- **Duration**: {Start time} - {End time} ({Total duration})');

function durationLine(start: string, end: string, timeZone: string): string {
  const milestones = [
    { name: 'impactStart', atMs: Date.parse(start), eventId: 'a', by: 'fact' },
    { name: 'resolved', atMs: Date.parse(end), eventId: 'b', by: 'fact' },
  ] as const;
  return fillReview(template, sampleIncident({ milestones }), { timeZone, nowMs: 0 }).text.trim();
}

test('the night the clocks go back counts its extra hour', () => {
  assert.equal(
    durationLine('2026-10-24T23:40:00Z', '2026-10-25T01:20:00Z', 'Europe/Berlin'),
    '- **Duration**: 2026-10-25 01:40 (+02:00) - 02:20 (+01:00) Europe/Berlin (1h 40m)',
  );
});

test('an outage over midnight shows both dates', () => {
  assert.equal(
    durationLine('2026-11-21T23:50:00Z', '2026-11-22T00:20:00Z', 'UTC'),
    '- **Duration**: 2026-11-21 23:50 - 2026-11-22 00:20 UTC (30m)',
  );
});

test('an end before the start is no duration: the placeholders stay', () => {
  assert.equal(
    durationLine('2026-11-21T11:00:00Z', '2026-11-21T10:00:00Z', 'UTC'),
    '- **Duration**: {Start time} - {End time} ({Total duration})',
  );
});

test('without a known impact the start says what it is', () => {
  const milestones = sampleIncident().milestones.filter(({ name }) => name !== 'impactStart');
  const line = fillReview(template, sampleIncident({ milestones }), {
    timeZone: 'UTC',
    nowMs: 0,
  }).text.trim();
  assert.equal(line, '- **Duration**: 2026-11-21 10:01 (detected) - 10:42 UTC (41m)');
});

test('rows show a date when the day changes and an offset when the clocks do', () => {
  const entries = [
    '2026-10-24T23:59:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T23:30:00Z',
  ].map((time, index) => ({ ...entry(`w:${index}`, 0), atMs: Date.parse(time) }));
  const rows = toTimelineRows(entries, toZone('Europe/Berlin'), Date.parse('2026-10-24T21:00:00Z'));
  assert.deepEqual(
    rows.map(({ timeText }) => timeText),
    ['2026-10-25 01:59', '02:30', '02:30 (+01:00)', '2026-10-26 00:30'],
  );
});

const walls: readonly (readonly [string, string | undefined, string | undefined])[] = [
  ['| 10:05 | x |', '2026-11-21 10:00', '2026-11-21 10:05'],
  ['| 9:05 | x |', '2026-11-21 10:00', '2026-11-21 09:05'],
  ['| 2026-11-22 00:05 | x |', '2026-11-21 23:00', '2026-11-22 00:05'],
  ['| 00:05 | x |', '2026-11-21 23:50', '2026-11-22 00:05'],
  ['| 00:05 | x |', '2026-12-31 23:50', '2027-01-01 00:05'],
  ['| 02:30 (+01:00) | x |', '2026-10-25 02:10', '2026-10-25 02:30'],
  ['| later | 10:07 |', '2026-11-21 10:00', '2026-11-21 10:07'],
  ['| 10:05 | x |', undefined, undefined],
  ['| soon | x |', '2026-11-21 10:00', undefined],
  ['| 25:10 | x |', '2026-11-21 10:00', undefined],
];

for (const [line, previous, wall] of walls) {
  test(`"${line}" after ${previous ?? 'nothing'} is at ${wall ?? 'no known time'}`, () => {
    assert.equal(wallOfRow(line, previous), wall);
  });
}
