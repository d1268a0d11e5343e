import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeStartupAnswer } from '../../../src/domain/health/postgresWire.ts';
import { parseQueryAnswer } from '../../../src/domain/health/prometheusAnswer.ts';
import { parseMetrics, sumOfSeries } from '../../../src/domain/health/prometheusText.ts';
import { judgeRedisInfo, parseRedisInfo } from '../../../src/domain/health/redisInfo.ts';
import { matchesStatus } from '../../../src/domain/health/statusCodes.ts';

test('status patterns', () => {
  const rows: [number, string, boolean][] = [
    [200, '200', true],
    [204, '2xx', true],
    [204, '2XX', true],
    [299, '200-299', true],
    [301, '200..299', false],
    [200, 'ok', false],
    [200, '2', false],
  ];
  for (const [code, pattern, expected] of rows)
    assert.equal(matchesStatus(code, [pattern]), expected, pattern);
});

test('metrics are read strictly, with quoted names, exemplars and times', () => {
  const text = [
    '# HELP a b',
    'a 1',
    'b{x="1",y="a}b\\""} 2.5e3 1700000000000',
    '{"dotted.name",x="1"} 4',
    'h_bucket{le="+Inf"} 3 # {trace="x"} 0.5',
    'n NaN',
  ].join('\n');
  const parsed = parseMetrics(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error);
  assert.deepEqual(
    parsed.value.map(sample => sample.name),
    ['a', 'b', 'dotted.name', 'h_bucket', 'n'],
  );
  assert.equal(sumOfSeries(parsed.value, 'b{x="1"}'), 2_500);
  assert.equal(sumOfSeries(parsed.value, 'b{x="2"}'), undefined);
  assert.equal(sumOfSeries(parsed.value, 'gone'), undefined);
});

test('what is no exposition of metrics is an error with its line', () => {
  for (const text of ['<html>502</html>', 'a', 'a b', 'a{x="1" 2', '', '# only a comment'])
    assert.equal(parseMetrics(text).ok, false, text);
});

test('answers of Prometheus', () => {
  const vector =
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"a"},"value":[1,"0"]}]}}';
  assert.deepEqual(parseQueryAnswer(vector), { ok: true, value: [{ name: 'up{job="a"}', value: 0 }] });
  for (const text of [
    '<html>',
    '{}',
    '{"status":"error","error":"bad query"}',
    '{"data":{"resultType":"matrix"}}',
  ])
    assert.equal(parseQueryAnswer(text).ok, false, text);
});

test('what Redis says of itself decides', () => {
  const judge = (text: string, warn?: number) => judgeRedisInfo(parseRedisInfo(text), warn);
  const rows: [string, number | undefined, string, RegExp][] = [
    ['role:master', undefined, 'up', /^PONG$/],
    ['role:slave\r\nmaster_link_status:up', undefined, 'up', /replica/],
    ['role:slave\nmaster_link_status:down', undefined, 'degraded', /link to its master/],
    ['loading:1', undefined, 'down', /loading/],
    ['rdb_last_bgsave_status:err', undefined, 'degraded', /saving to disk failed/],
    ['used_memory:100\nmaxmemory:100\nmaxmemory_policy:noeviction', undefined, 'degraded', /memory is full/],
    ['used_memory:90\nmaxmemory:100', 80, 'degraded', /^memory 90 %$/],
    ['used_memory:90\nmaxmemory:0', 80, 'up', /PONG/],
  ];
  for (const [text, warn, verdict, seen] of rows) {
    const judged = judge(text, warn);
    assert.equal(judged.verdict, verdict, text);
    assert.match(judged.seen, seen);
  }
  assert.equal(judge('keyspace_hits:97\nkeyspace_misses:3').facts['hit rate'], '97 %');
});

test('the first message of PostgreSQL is judged at every cut of it', () => {
  const error = (code: string, text: string) => {
    const body = new TextEncoder().encode(`SFATAL\0C${code}\0M${text}\0\0`);
    const bytes = new Uint8Array(5 + body.length);
    bytes[0] = 0x45;
    new DataView(bytes.buffer).setInt32(1, 4 + body.length);
    bytes.set(body, 5);
    return bytes;
  };
  const rows: [Uint8Array, string][] = [
    [new Uint8Array([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), 'up'],
    [error('57P03', 'the database system is starting up'), 'down'],
    [error('53300', 'too many'), 'degraded'],
    [error('28P01', 'password'), 'up'],
  ];
  for (const [bytes, verdict] of rows) {
    for (let cut = 0; cut < bytes.length; cut++)
      assert.equal(judgeStartupAnswer(bytes.subarray(0, cut)), undefined, `${verdict} cut at ${cut}`);
    assert.equal(judgeStartupAnswer(bytes)?.verdict, verdict);
  }
  assert.equal(judgeStartupAnswer(new TextEncoder().encode('HTTP/1.1'))?.verdict, 'down');
});
