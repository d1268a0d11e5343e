import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isBoolean,
  isNumber,
  isText,
  isTextList,
  type MessageTable,
  oneOf,
  optional,
  parseMessage,
} from '../../src/shared/fields.ts';

type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'add'; readonly text: string; readonly atMs?: number | undefined }
  | { readonly type: 'mark'; readonly ids: readonly string[]; readonly on: boolean; readonly how: 'a' | 'b' };

const table: MessageTable<Message> = {
  ready: {},
  add: { text: isText, atMs: optional(isNumber) },
  mark: { ids: isTextList, on: isBoolean, how: oneOf(['a', 'b']) },
};

test('a message that fits its type is passed on with its known fields only', () => {
  assert.deepEqual(parseMessage(table, { type: 'ready', extra: 1 }), { type: 'ready' });
  assert.deepEqual(parseMessage(table, { type: 'add', text: 'x' }), { type: 'add', text: 'x' });
  assert.deepEqual(parseMessage(table, { type: 'add', text: 'x', atMs: 5, html: '<b>' }), {
    type: 'add',
    text: 'x',
    atMs: 5,
  });
  const mark = { type: 'mark', ids: ['1'], on: true, how: 'b' };
  assert.deepEqual(parseMessage(table, mark), mark);
});

const refused: readonly unknown[] = [
  undefined,
  null,
  'ready',
  [],
  {},
  { type: 'toString' },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 5 },
  { type: 'add' },
  { type: 'add', text: 5 },
  { type: 'add', text: 'x', atMs: 'soon' },
  { type: 'add', text: 'x', atMs: Number.NaN },
  { type: 'mark', ids: ['1', 2], on: true, how: 'a' },
  { type: 'mark', ids: ['1'], on: 'true', how: 'a' },
  { type: 'mark', ids: ['1'], on: true, how: 'c' },
  Object.create({ type: 'add', text: 'inherited' }),
];

for (const value of refused) {
  test(`refused: ${JSON.stringify(value)}`, () => {
    assert.equal(parseMessage(table, value), undefined);
  });
}

test('anything at all is either refused or holds only fields that were checked', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom('type', 'text', 'ids', 'on', 'how', 'x') }), value => {
      const message = parseMessage(table, value);
      if (message === undefined) return;
      const known = ['type', ...Object.keys(table[message.type])];
      assert.ok(Object.keys(message).every(name => known.includes(name)));
    }),
  );
});
