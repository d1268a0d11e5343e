import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fail, ok } from '../../../src/base/result.ts';
import { type ConditionScope, conditionUses, judgeCondition } from '../../../src/domain/health/condition.ts';
import { parseCondition } from '../../../src/domain/health/conditionParser.ts';

const json = {
  status: 'ok',
  load: 0.99,
  count: '5',
  nothing: null,
  items: [1, 2, 3],
  db: { 'pool-size': 4, up: true },
};

const scope: ConditionScope = root => {
  const values: Record<string, unknown> = {
    status: 200,
    latency: { ms: 120 },
    body: 'all is well',
    json,
    header: { 'content-type': 'text/plain' },
  };
  return root in values ? ok(values[root]) : fail(`${root} is absent`);
};

function judge(text: string, from: ConditionScope = scope) {
  const parsed = parseCondition(text);
  assert.ok(parsed.ok, `${text}: ${parsed.ok ? '' : parsed.error.message}`);
  return judgeCondition(parsed.value, from);
}

test('conditions are judged true, false or error', () => {
  const rows: [string, 'true' | 'false' | 'error', string][] = [
    ['json.status == "ok"', 'true', 'json.status is "ok"'],
    ["json.status != 'ok'", 'false', 'json.status is "ok"'],
    ['latency < 500ms', 'true', 'latency is 120 ms'],
    ['latency < 0.1s', 'false', 'latency is 120 ms'],
    ['status in 200..299', 'true', 'status is 200'],
    ['status in [201, 204]', 'false', 'status is 200'],
    ['body contains "well"', 'true', 'body is "all is well"'],
    ['body matches "^all\\s"', 'true', 'body is "all is well"'],
    ['json.load <= 0.9', 'false', 'json.load is 0.99'],
    ['json.db["pool-size"] >= 4', 'true', 'json.db["pool-size"] is 4'],
    ['json.db.pool-size > -1', 'true', 'json.db["pool-size"] is 4'],
    ['json.db.up', 'true', 'json.db.up is true'],
    ['json.items[1] == 2', 'true', 'json.items[1] is 2'],
    ['json.items contains 3', 'true', 'json.items is [1,2,3]'],
    ['len(json.items) == 3', 'true', 'len(json.items) is 3'],
    ['has(json.status)', 'true', 'has(json.status) is true'],
    ['has(json.gone)', 'false', 'has(json.gone) is false'],
    ['!has(json.gone)', 'true', 'has(json.gone) is false'],
    ['has(header["x-y"])', 'false', 'has(header["x-y"]) is false'],
    ['header["content-type"] contains "text"', 'true', 'header["content-type"] is "text/plain"'],
    ['json.nothing == null', 'true', 'json.nothing is null'],
    ['json.status == null', 'false', 'json.status is "ok"'],
    ['status == 200 && json.status == "ok"', 'true', 'json.status is "ok"'],
    ['status == 500 or (status == 200 and latency > 1h)', 'false', 'latency is 120 ms'],
    ['has(json.gone) && json.gone > 1', 'false', 'has(json.gone) is false'],
    ['json.gone < 500', 'error', 'json.gone is absent'],
    ['!(json.gone < 500)', 'error', 'json.gone is absent'],
    ['json.gone == 1 || status == 200', 'error', 'json.gone is absent'],
    ['json.count == 5', 'error', 'json.count: "5" is a text, 5 is a number'],
    ['json.count < 500', 'error', 'json.count: "5" is a text, 500 is a number'],
    ['latency < 500', 'error', 'latency: 120 ms is a duration, 500 is a number; write 500ms or 500s'],
    ['json.status', 'error', 'json.status is "ok", not true or false'],
    ['json.items[9] == 1', 'error', 'json.items[9] is absent'],
    ['json.toString == 1', 'error', 'json.toString is absent'],
    ['len(status) == 1', 'error', 'status is 200, which has no length'],
    ['certificate.days > 7', 'error', 'certificate is absent'],
  ];
  for (const [text, result, seen] of rows) assert.deepEqual(judge(text), { result, seen }, text);
});

test('a body that is no JSON is an error for every question about it', () => {
  const noJson: ConditionScope = root => (root === 'json' ? fail('the body is not JSON') : scope(root));
  for (const text of ['json.a == 1', 'has(json.a)', '!has(json.a)', 'len(json.a) < 5', 'json.a < 5'])
    assert.deepEqual(judge(text, noJson), { result: 'error', seen: 'the body is not JSON' }, text);
});

test('mistakes are told with their place', () => {
  const rows: [string, number, RegExp][] = [
    ['', 0, /empty/],
    ['status = 200', 7, /write ==/],
    ['statos == 200', 0, /"statos" is not known/],
    ['status == ok', 10, /"ok" is not known.*quotes/],
    ['status ==', 9, /value was expected at the end/],
    ['body contains "x', 14, /no closing quote/],
    ['latency < 5min', 11, /"min" is no unit/],
    ['(status == 200', 14, /"\)" was expected at the end/],
    ['status == 200 200', 14, /should end before "200"/],
    ['status in 200', 13, /"\.\." was expected/],
    ['has("x")', 4, /wants a path/],
    ['json. == 1', 6, /name was expected/],
    ['status == 200 ; true', 14, /no meaning/],
  ];
  for (const [text, at, message] of rows) {
    const parsed = parseCondition(text);
    assert.ok(!parsed.ok, text);
    assert.equal(parsed.error.at, at, text);
    assert.match(parsed.error.message, message);
  }
});

test('the roots that a condition uses are known before it is judged', () => {
  const parsed = parseCondition('status == 200 && !has(json.a) || len(body) in 1..latency');
  assert.ok(parsed.ok);
  assert.deepEqual([...conditionUses(parsed.value)].sort(), ['body', 'json', 'latency', 'status']);
});

test('no text can make the parser throw or run on', () => {
  const alphabet = fc.constantFrom(...'json.status=!<>&|()[]"\'0159 ms,-inhaslen'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 60 }), text => {
      const parsed = parseCondition(text);
      if (parsed.ok) judgeCondition(parsed.value, scope);
    }),
    { numRuns: 2_000 },
  );
});

test('an absent field is an error whatever it is compared with, never true', () => {
  const operators = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'contains', 'matches');
  const literals = fc.constantFrom('0', '""', 'true', '500ms', '-1', '"x"');
  fc.assert(
    fc.property(operators, literals, (operator, literal) => {
      assert.equal(judge(`json.gone ${operator} ${literal}`).result, 'error');
    }),
  );
});
