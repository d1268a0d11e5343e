import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefOutput } from '../../../src/domain/health/checkOutput.ts';

const cases: readonly (readonly [name: string, output: string | undefined, brief: string])[] = [
  ['nothing', undefined, ''],
  ['text gives its first line', 'connection refused\nat 10.0.0.1', 'connection refused'],
  [
    'JSON gives its errors and whose they are',
    '{"status":"failing","dependencies":{"redis":{"status":"ok"},"postgres":{"error":"Connection refused"}}}',
    'postgres: Connection refused',
  ],
  ['an error of its own has no name before it', '{"message":"not ready"}', 'not ready'],
  ['JSON without errors gives its status', '{"uptime":3,"status":"starting"}', 'status starting'],
  ['JSON that says neither stays as it is', '{"uptime":3}', '{"uptime":3}'],
  ['JSON that was cut stays as it is', '{"status":"fail', '{"status":"fail'],
];

for (const [name, output, brief] of cases)
  test(`output of a health check: ${name}`, () => assert.equal(briefOutput(output), brief));

test('a long output is cut', () => assert.equal(briefOutput('x'.repeat(500)).length, 160));
