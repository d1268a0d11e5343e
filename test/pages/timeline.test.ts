import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../src/shared/fields.ts';
import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { timelineMessages } from '../../src/shared/timelineProtocol.ts';
import { Coalescer } from '../../src/ui/pages/coalescer.ts';
import { toTimelineHeader, toTimelineMilestones } from '../../src/ui/pages/timelineHeader.ts';
import { diffRows, toRow } from '../../src/ui/pages/timelineRows.ts';
import { FakeClock } from '../fakes/fakeClock.ts';
import { syntheticIncident, toEntry } from '../webview/syntheticIncident.ts';

test('milestones tell what they took, and a dash where nothing has happened', () => {
  const shown = toTimelineMilestones(syntheticIncident());
  assert.deepEqual(
    shown.map(({ title, tookMs, tookSince }) => [title, tookMs, tookSince]),
    [
      ['impact', undefined, undefined],
      ['detected', 60_000, 'impact'],
      ['acknowledged', 24_000, 'detected'],
      ['mitigated', undefined, 'impact'],
      ['resolved', undefined, 'impact'],
    ],
  );
});

test('the header counts from impact, and stops when it is resolved', () => {
  const open = syntheticIncident();
  assert.equal(toTimelineHeader(open).openSinceMs, Date.parse('2026-11-21T10:01:07Z'));
  assert.equal(toTimelineHeader(open).openUntilMs, undefined);
  assert.equal(toTimelineHeader(open).commander, 'you');
  const atMs = Date.parse('2026-11-21T10:20:00Z');
  const resolved = { name: 'resolved', atMs, eventId: 'w1:99', by: 'fact' } as const;
  const over = { ...open, status: 'resolved', milestones: [...open.milestones, resolved] } as const;
  assert.equal(toTimelineHeader(over).openUntilMs, atMs);
});

test('an unknown exit code is never coloured as success', () => {
  const step = (exitCode: number | undefined) => ({
    ...toEntry(1, 'step', 0, 'x'),
    step: { command: 'x', exitCode, isChange: false },
  });
  assert.equal(toRow(step(0), undefined).tone, 'ok');
  assert.equal(toRow(step(1), undefined).tone, 'bad');
  assert.equal(toRow(step(undefined), undefined).tone, 'warn');
});

test('every intent of the page is parsed, none that is not in the table', () => {
  const correct = { type: 'correct', entryId: 'w:1', event: 'x' };
  assert.deepEqual(parseMessage(timelineMessages, correct), correct);
  assert.equal(parseMessage(timelineMessages, { type: 'changeStatus', status: 'gone' }), undefined);
  assert.equal(parseMessage(timelineMessages, { type: 'pin', entryId: 'w:1' }), undefined);
  assert.equal(parseMessage(timelineMessages, { type: 'runShell', command: 'x' }), undefined);
});

test('at most one snapshot per interval, the first at once and the last always', async () => {
  const clock = new FakeClock();
  let count = 0;
  const coalescer = new Coalescer(clock, 100, () => count++);
  for (let i = 0; i < 50; i++) coalescer.request();
  assert.equal(count, 1);
  await clock.advance(99);
  assert.equal(count, 1);
  await clock.advance(1);
  assert.equal(count, 2);
  for (let ms = 0; ms < 1000; ms += 10) {
    coalescer.request();
    await clock.advance(10);
  }
  await clock.advance(100);
  assert.ok(count <= 2 + 11, String(count));
  coalescer.request();
  coalescer.request();
  const before = count;
  coalescer.dispose();
  await clock.advance(1000);
  assert.equal(count, before);
});

test('an action that takes long is given ten times as long a rest', () => {
  let nowMs = 0;
  const waits: number[] = [];
  const clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: (delayMs: number) => {
      waits.push(delayMs);
      return { dispose: () => undefined };
    },
  };
  const coalescer = new Coalescer(clock, 100, () => {
    nowMs += 30;
  });
  coalescer.request();
  coalescer.request();
  assert.deepEqual(waits, [270]);
});

test('a row that differs in any one field is sent again', () => {
  const row: Required<TimelineRow> = {
    id: 'w:1',
    kind: 'note',
    atMs: 1,
    event: 'a',
    action: 'b',
    serviceId: 'c',
    who: 'd',
    relevance: 'key',
    tone: 'ok',
    isPinned: true,
    isRetracted: true,
    isEdited: true,
    proofCount: 1,
    source: 'e',
    command: 'f',
  };
  const changedBy = (after: TimelineRow) =>
    diffRows(new Map([['w:1', row]]), new Map([['w:1', after]])).changed.length;
  assert.equal(changedBy({ ...row }), 0);
  for (const field of Object.keys(row))
    assert.equal(changedBy({ ...row, [field]: 'other' } as TimelineRow), 1, field);
});
