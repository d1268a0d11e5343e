import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Incident } from '../../../src/domain/incident/model.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { mergeReview } from '../../../src/domain/review/merge.ts';
import type { FilledReview, MergedReview, ReviewBlock } from '../../../src/domain/review/model.ts';
import { normalizeText } from '../../../src/domain/review/normalize.ts';
import { applyEdits, applyFacts, edit, factChange, startingIncident } from './mergeFuzz.ts';

/** `WATCHKEEPER_FUZZ_RUNS=10000` for the long run. */
const numRuns = Number(process.env['WATCHKEEPER_FUZZ_RUNS'] ?? 1000);
// The same runs each time, so that a failure is somebody's change; a long run takes WATCHKEEPER_FUZZ_SEED of its own.
const seed = Number(process.env['WATCHKEEPER_FUZZ_SEED'] ?? 20261121);
const facts = fc.array(factChange, { maxLength: 8 });
const edits = fc.array(edit, { maxLength: 6 });

function render(incident: Incident): FilledReview {
  return fillReview(builtInTemplate, incident, {
    timeZone: 'Europe/Berlin',
    nowMs: Date.parse('2026-11-23T00:00:00Z'),
  });
}

function merge(base: readonly ReviewBlock[] | undefined, disk: string, next: FilledReview): MergedReview {
  const result = mergeReview(base, disk, next.blocks);
  assert.ok(result.ok);
  return result.value;
}

function linesIn(text: string): Set<string> {
  return new Set(normalizeText(text.replace(/^\uFEFF/, '').replace(/\r/g, '')).split('\n'));
}

/** Every fact that is new in `next` stands in the text, whole, or waits as a proposal. */
function assertTold(base: FilledReview, next: FilledReview, { text, proposals }: MergedReview): void {
  const lines = linesIn(text);
  const old = new Map(base.blocks.map(block => [block.key, normalizeText(block.text)]));
  const proposed = new Set(proposals.map(({ key }) => key));
  for (const block of next.blocks) {
    const now = normalizeText(block.text);
    if (!block.hasFact || old.get(block.key) === now || proposed.has(block.key)) continue;
    assert.ok(
      now.split('\n').every(line => lines.has(line)),
      `${block.key} is missing: ${now}`,
    );
  }
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of normalizeText(text.replace(/^\uFEFF/, '').replace(/\r/g, '')).split('\n')) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}

test('over any edits and new facts, round after round, no word of a person is lost and a repeat changes nothing', () => {
  fc.assert(
    fc.property(facts, fc.array(fc.tuple(edits, facts), { minLength: 1, maxLength: 3 }), (before, rounds) => {
      let incident = applyFacts(startingIncident(), before);
      let base = render(incident);
      let text = base.text;
      for (const [byPerson, byFacts] of rounds) {
        const edited = applyEdits(text, byPerson);
        incident = applyFacts(incident, byFacts);
        const next = render(incident);
        const merged = merge(base.blocks, edited.text, next);
        const lost = edited.words.filter(word => !merged.text.includes(word));
        assert.deepEqual(lost, []);
        assert.deepEqual(merge(next.blocks, merged.text, next), { text: merged.text, proposals: [] });
        base = next;
        text = merged.text;
      }
    }),
    { numRuns, seed },
  );
});

test('where nobody edited, the result is the fresh render', () => {
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      const incident = applyFacts(startingIncident(), before);
      const base = render(incident);
      const next = render(applyFacts(incident, after));
      assert.deepEqual(merge(base.blocks, base.text, next), { text: next.text, proposals: [] });
    }),
    { numRuns, seed },
  );
});

test('every changed fact is in the text or proposed, and no line of the text is from nowhere', () => {
  fc.assert(
    fc.property(facts, edits, facts, (before, byPerson, after) => {
      const incident = applyFacts(startingIncident(), before);
      const base = render(incident);
      const edited = applyEdits(base.text, byPerson);
      const next = render(applyFacts(incident, after));
      const { text, proposals } = merge(base.blocks, edited.text, next);
      const lines = linesIn(text);
      assertTold(base, next, { text, proposals });
      const known = new Set(
        [edited.text.replace(/^\uFEFF/, '').replace(/\r/g, ''), next.text].flatMap(source =>
          normalizeText(source).split('\n'),
        ),
      );
      assert.deepEqual(
        [...lines].filter(line => !known.has(line)),
        [],
      );
    }),
    { numRuns, seed },
  );
});

test('a list of steps that grows is told in full, however a person moved, copied or cut the lines around it', () => {
  const fixes = fc.array(
    fc.record({ kind: fc.constant('fix' as const), minute: fc.integer({ min: 1, max: 9 }) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  );
  const moves = fc.array(
    fc.record({
      kind: fc.constantFrom('swap', 'duplicate', 'cut', 'delete'),
      line: fc.integer({ min: 20, max: 40 }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(fixes, moves, fixes, (before, byPerson, after) => {
      const incident = applyFacts(startingIncident(), before);
      const base = render(incident);
      const next = render(applyFacts(incident, after));
      assertTold(base, next, merge(base.blocks, applyEdits(base.text, byPerson).text, next));
    }),
    { numRuns, seed },
  );
});

test('a run that was not recorded brings nothing in twice', () => {
  fc.assert(
    fc.property(facts, edits, facts, (before, byPerson, after) => {
      const incident = applyFacts(startingIncident(), before);
      const base = render(incident);
      const { text: disk } = applyEdits(base.text, byPerson);
      const next = render(applyFacts(incident, after));
      const once = merge(base.blocks, disk, next).text;
      const twice = merge(base.blocks, once, next).text;
      const [first, second, fresh] = [once, twice, next.text].map(countLines);
      for (const [line, count] of second ?? []) {
        assert.ok(count <= Math.max(first?.get(line) ?? 0, fresh?.get(line) ?? 0), `${line} came in again`);
      }
    }),
    { numRuns, seed },
  );
});

test('with the base lost the text stays as it is to the byte', () => {
  fc.assert(
    fc.property(facts, edits, facts, (before, byPerson, after) => {
      const incident = applyFacts(startingIncident(), before);
      const { text: disk } = applyEdits(render(incident).text, byPerson);
      assert.equal(merge(undefined, disk, render(applyFacts(incident, after))).text, disk);
    }),
    { numRuns, seed },
  );
});
