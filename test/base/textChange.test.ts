import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toChange } from '../../src/base/textChange.ts';

test('equal texts need no change', () => {
  assert.equal(toChange('a\n', 'a\n'), undefined);
});

test('a change of one line touches that line only', () => {
  assert.deepEqual(toChange('one\ntwo\nthree\n', 'one\n2\nthree\n'), { start: 4, end: 7, newText: '2' });
});

test('applying the change gives the other text, and no line end or character is cut in two', () => {
  const piece = fc.constantFrom('a', 'b', '\r\n', '\n', '😀', '😁', '|');
  const text = fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = toChange(before, after);
      if (change === undefined) return before === after;
      const { start, end, newText } = change;
      const cuts = [start, end].filter(
        at => /[\udc00-\udfff]/.test(before[at] ?? '') || (before[at] === '\n' && before[at - 1] === '\r'),
      );
      return cuts.length === 0 && before.slice(0, start) + newText + before.slice(end) === after;
    }),
  );
});
