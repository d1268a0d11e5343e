import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isEmptyCorrection, toCorrection, toDraft } from '../../../webview/timeline/correction.ts';
import { parseState, toSavedState } from '../../../webview/timeline/pageState.ts';
import { createZone } from '../../../webview/zone.ts';

test('what was saved comes back, but not into another incident', () => {
  const state = parseState(undefined, 'inc-1');
  const edit = { entryId: 'w:1', time: '10:00', event: 'x', action: '' };
  const filter = { ...state.filter, chosen: new Set(['steps', 'raw'] as const), search: 'oom' };
  const changed = { ...state, note: 'TODO: look', edit, filter, hasChosen: true, openId: 'w:1' };
  const saved: unknown = JSON.parse(JSON.stringify(toSavedState(changed)));
  assert.deepEqual(parseState(saved, 'inc-1'), changed);
  assert.deepEqual(parseState(saved, 'inc-2'), parseState(undefined, 'inc-2'));
});

test('any saved rubbish is a fresh page', () => {
  fc.assert(
    fc.property(fc.anything(), saved => {
      const state = parseState(saved, 'inc-1');
      assert.equal(state.incidentId, 'inc-1');
      assert.equal(typeof state.note, 'string');
    }),
  );
});

const row = {
  id: 'w:1',
  kind: 'note',
  atMs: Date.parse('2026-11-21T10:00:07.345Z'),
  event: 'before',
  relevance: 'key',
} as const;
const zone = createZone('UTC');

test('a correction carries only what was changed', () => {
  const draft = toDraft(row, zone);
  const unchanged = { type: 'correct', entryId: 'w:1', atMs: undefined, event: undefined, action: undefined };
  const nothing = toCorrection(row, draft, zone);
  assert.ok(typeof nothing !== 'string' && isEmptyCorrection(nothing));
  assert.deepEqual(nothing, unchanged);
  assert.deepEqual(toCorrection(row, { ...draft, event: ' after ' }, zone), { ...unchanged, event: 'after' });
  assert.deepEqual(toCorrection(row, { ...draft, time: '09:59' }, zone), {
    ...unchanged,
    atMs: Date.parse('2026-11-21T09:59:00Z'),
  });
});

test('a time that cannot be read is told, not guessed', () => {
  const draft = { ...toDraft(row, zone), time: 'ten past' };
  assert.match(String(toCorrection(row, draft, zone)), /Not a time: "ten past"/);
  assert.match(String(toCorrection(row, { ...toDraft(row, zone), event: ' ' }, zone)), /needs a text/);
});
