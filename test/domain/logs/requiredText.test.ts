import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { compileMatcher } from '../../../src/domain/logs/matcher.ts';
import { requiredText } from '../../../src/domain/logs/requiredText.ts';

for (const [pattern, text] of [
  ['request 199\\d+', 'request 199'],
  ['^error.*\\b97[0-9] ms', 'error'],
  ['abc?', 'ab'],
  ['ab+cde', 'cde'],
  ['ab{2,3}x', undefined],
  ['a|bcd', undefined],
  ['(abc)?', undefined],
  ['\\x41bcd', undefined],
  ['[]abc]', undefined],
  ['a\\.b', 'a.b'],
] as const) {
  test(`every match of ${pattern} contains ${text}`, () => assert.equal(requiredText(pattern), text));
}

test('looking for the required text first changes no answer', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    'ab',
    'K',
    'k',
    '.',
    '\\d',
    '[ab]',
    '+',
    '*',
    '?',
    '{2}',
    '^',
    '$',
    '\\.',
    '1',
  );
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'A', 'k', 'K', '\u212a', '1', '.'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), fc.array(text, { maxLength: 20 }), (pieces, texts) => {
      // The first piece keeps plain texts from the built-in engine.
      const pattern = `.?${pieces.join('')}`;
      const compiled = compileMatcher(pattern);
      if (!compiled.ok) return;
      const flags = pattern === pattern.toLowerCase() ? RE2JS.CASE_INSENSITIVE : 0;
      const plain = RE2JS.compile(pattern, flags);
      if (requiredText(pattern) === undefined) return;
      for (const item of texts)
        assert.equal(compiled.value.test(item), plain.test(item), `${pattern} on ${item}`);
    }),
    { numRuns: 3000 },
  );
});
