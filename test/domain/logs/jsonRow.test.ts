import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toJsonLines, toJsonSummary } from '../../../src/domain/logs/jsonRow.ts';

test('an object is its message and the fields that matter', () => {
  assert.equal(
    toJsonSummary('{"level":"warn","msg":"retrying","attempt":2,"peer":{"a":1}}'),
    'retrying  attempt=2  peer={"a":1}',
  );
});

test('unfolded, one field stands on each line', () => {
  const text = '{ "msg":"a,b:{\\"c\\"}", "list":[1,2], "none":{ }, "empty":[]}';
  assert.equal(
    toJsonLines(text),
    '{\n  "msg": "a,b:{\\"c\\"}",\n  "list": [\n    1,\n    2\n  ],\n  "none": {},\n  "empty": []\n}',
  );
});

test('numbers that no double holds and keys that come twice stay as they were written', () => {
  assert.equal(
    toJsonLines('{"id":12345678901234567890,"a":1,"a":2}'),
    '{\n  "id": 12345678901234567890,\n  "a": 1,\n  "a": 2\n}',
  );
});

test('only white space is changed, whatever the object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
      const text = JSON.stringify(value);
      const lines = toJsonLines(text);
      assert.deepEqual(JSON.parse(lines ?? ''), JSON.parse(text));
      assert.equal(lines?.replace(/\s/g, ''), text.replace(/\s/g, ''));
    }),
  );
});

for (const text of ['', 'plain', '[1]', '{"a":', '{"a":1} tail']) {
  test(`${JSON.stringify(text)} is no object`, () => {
    assert.deepEqual([toJsonSummary(text), toJsonLines(text)], [undefined, undefined]);
  });
}
