import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalEvent } from '../../../src/domain/incident/events.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { mergeReview } from '../../../src/domain/review/merge.ts';
import {
  newProposals,
  openProposals,
  placeProposals,
  takeProposals,
} from '../../../src/domain/review/proposals.ts';
import { at, entry, sampleIncident } from './sample.ts';

const render = (event: string) =>
  fillReview(builtInTemplate, sampleIncident({ entries: [entry('w:9', 5, { event })] }), {
    timeZone: 'UTC',
    nowMs: at(60),
  });

let number = 0;
function proposalEvent(b: {
  readonly key: string;
  readonly human: string;
  readonly proposed: string;
  readonly settled?: 'taken' | 'kept';
}): JournalEvent {
  const time = new Date(at(number)).toISOString();
  return {
    v: 1,
    w: 'w',
    s: ++number,
    h: [at(number), 0],
    at: time,
    ob: time,
    tz: 'UTC',
    i: 'inc-20261121-k7qd',
    t: 'report.proposal',
    a: { id: 'kim', name: 'Kim' },
    b,
  };
}

const base = render('redis went down');
const next = render('redis was killed');
const disk = base.text.replace('redis went down', 'redis went down hard');

function merged() {
  const result = mergeReview(base.blocks, disk, next.blocks);
  assert.ok(result.ok);
  return result.value;
}

test('a proposal of a merge is kept once, found again in the text, and taken', () => {
  const { text, proposals } = merged();
  const fresh = newProposals(proposals, []);
  assert.equal(fresh.length, 1);
  const events = fresh.map(proposalEvent);
  assert.deepEqual(newProposals(proposals, events), []);
  const placed = placeProposals(openProposals(events), next.blocks, text);
  assert.equal(placed.length, 1);
  assert.match(text.split('\n')[placed[0]?.from ?? 0] ?? '', /went down hard/);
  assert.equal(takeProposals(text, placed), next.text);
});

test('taking keeps line ends, byte order mark and all other words as they are', () => {
  const { text, proposals } = merged();
  const crlf = `\uFEFF${text.replaceAll('\n', '\r\n')}My own last words`;
  const open = openProposals(newProposals(proposals, []).map(proposalEvent));
  const taken = takeProposals(crlf, placeProposals(open, next.blocks, crlf));
  assert.equal(taken, `\uFEFF${next.text.replaceAll('\n', '\r\n')}My own last words`);
});

test('a proposal is over when it is settled, taken by hand, or no longer what the facts say', () => {
  const { text, proposals } = merged();
  const events = newProposals(proposals, []).map(proposalEvent);
  const [first] = newProposals(proposals, []);
  assert.ok(first);
  assert.deepEqual(openProposals([...events, proposalEvent({ ...first, settled: 'kept' })]), []);
  const open = openProposals(events);
  assert.deepEqual(placeProposals(open, next.blocks, next.text), []);
  assert.deepEqual(placeProposals(open, render('something else').blocks, text), []);
});

test('a row that a person took out can be put back where it belongs', () => {
  const [key, row] = [`tl:w:9`, next.blocks.find(block => block.key === 'tl:w:9')?.text ?? ''];
  const without = next.text.replace(`${row}\n`, '');
  const open = openProposals([proposalEvent({ key, human: '', proposed: row })]);
  assert.equal(takeProposals(without, placeProposals(open, next.blocks, without)), next.text);
});
