import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf } from '../../../src/domain/logs/levels.ts';
import type { LogLevel } from '../../../src/domain/logs/model.ts';

const rows: readonly (readonly [LogLevel, string])[] = [
  ['error', 'ERROR: could not connect'],
  ['error', 'Error: listen EADDRINUSE'],
  ['info', '2026-11-21 10:00:00.123 UTC [33] LOG:  checkpoint complete'],
  ['fatal', '2026-11-21 10:00:00.123 UTC [33] FATAL:  the database system is starting up'],
  ['warn', '2026-11-21 10:00:00,123 - app - WARNING - slow query'],
  ['info', '[2026-11-21 10:00:00 +0000] [7] [INFO] Booting worker'],
  ['error', '10:00:00.000 [main] ERROR c.f.Bar - failed'],
  ['info', '{"level":30,"time":1,"msg":"pino"}'],
  ['error', '{"time":"x","level":"error","msg":"info"}'],
  ['fatal', '{"severity":"CRITICAL","message":"x"}'],
  ['warn', '{"log":{"level":"warn"},"message":"nested"}'],
  ['unknown', '{"level":"warn","log.level":"error"}'],
  ['warn', 'ts=1 level=warn msg="error once"'],
  ['error', 'time="2026-11-21T10:00:00Z" level=error msg="x"'],
  ['error', '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 502 157 "-" "curl"'],
  ['warn', '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 404 12 "-" "curl"'],
  ['info', '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "error"'],
  ['error', '<11>Nov 21 10:00:00 host app: full'],
  ['warn', '1:M 21 Nov 2026 10:00:00.000 # WARNING overcommit_memory is set to 0'],
  ['info', '1:M 21 Nov 2026 10:00:00.000 * Ready to accept connections'],
  ['error', 'E1121 10:00:00.123456       1 reflector.go:1] watch failed'],
  ['error', '[E] bad'],
  ['error', '\x1b[31mERROR\x1b[0m in red'],
  ['fatal', 'panic: runtime error: index out of range'],
  ['error', 'Traceback (most recent call last):'],
  ['error', 'psycopg2.OperationalError: Connection refused'],
  ['error', 'java.lang.NullPointerException: null'],
  ['unknown', 'served INFO request after ERROR one'],
  ['unknown', 'Information about the error of the last run'],
  ['unknown', 'no errors found'],
  ['unknown', 'terrors and logs'],
  ['unknown', ''],
];

for (const [level, text] of rows) {
  test(`${JSON.stringify(text)} is ${level}`, () => assert.equal(levelOf(text), level));
}

test('a hostile line costs little', () => {
  const startedMs = performance.now();
  levelOf(`{"level":${'"'.repeat(1_000_000)}`);
  levelOf(' '.repeat(1_000_000));
  levelOf('a.'.repeat(500_000));
  assert.ok(performance.now() - startedMs < 5_000);
});
