import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { fillCommand } from '../../../src/domain/runbook/fill.ts';
import { findHoles } from '../../../src/domain/runbook/shell/holes.ts';

const step = (command: string) => ({ command, holes: findHoles(command) });
const textOf = (filled: ReturnType<typeof fillCommand>) => (filled.ok ? filled.text : filled.problem);

test('values are quoted for the place where they stand', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['oc get pod <pod>', 'web-1', 'oc get pod web-1'],
    ['oc get pod <pod>', 'a b; rm -rf /', "oc get pod 'a b; rm -rf /'"],
    ['oc get pod <pod>', "it's", "oc get pod 'it'\\''s'"],
    ['oc get pod <pod>', '', "oc get pod ''"],
    ['echo "<pod>"', 'a"b$c`d', 'echo "a\\"b\\$c\\`d"'],
    ["echo '<pod>'", "it's", "echo 'it'\\''s'"],
  ];
  for (const [command, value, wanted] of rows)
    assert.equal(textOf(fillCommand(step(command), { '<pod>': value }, {})), wanted);
});

test('a shell prints back exactly the value, wherever the gap stands', () => {
  const value = fc
    .string({ minLength: 0, maxLength: 12 })
    .filter(text => !/[\u0000-\u001f\u007f\u2028\u2029]/.test(text));
  const template = fc.constantFrom('printf %s <x>', 'printf %s "<x>"', "printf %s '<x>'");
  fc.assert(
    fc.property(template, value, (command, text) => {
      const filled = fillCommand(step(command), { '<x>': text }, {});
      assert.ok(filled.ok);
      assert.equal(spawnSync('sh', ['-c', filled.text], { encoding: 'utf8' }).stdout, text);
    }),
    { numRuns: 60 },
  );
});

test('an unfilled gap and a value with a line break are refused', () => {
  const pod = step('oc get pod <pod> -n <ns>');
  const unfilled = fillCommand(pod, { '<pod>': 'a' }, {});
  assert.deepEqual(unfilled, { ok: false, missing: ['<ns>'], problem: 'Not filled yet: <ns>' });
  assert.match(textOf(fillCommand(pod, { '<pod>': 'a\nreboot', '<ns>': 'b' }, {})), /line break/);
});

test('aliases replace whole names only, longest first, and say where', () => {
  const aliases = {
    'testgen-service': 'other',
    'testgen-service:8000': 'localhost:8000',
    redis: 'testgen-redis',
    'postgres-container': 'testgen-postgres',
  };
  const rows: readonly (readonly [string, string])[] = [
    ['curl -f http://testgen-service:8000/health', 'curl -f http://localhost:8000/health'],
    ['docker logs postgres-container --tail 20', 'docker logs testgen-postgres --tail 20'],
    ['docker logs postgres-container-2', 'docker logs postgres-container-2'],
    ['ping redis', 'ping testgen-redis'],
    ['redis-cli -h redis ping', 'redis-cli -h testgen-redis ping'],
    ['ping redis.example.org', 'ping redis.example.org'],
    ['ping my-redis', 'ping my-redis'],
  ];
  for (const [command, wanted] of rows) assert.equal(textOf(fillCommand(step(command), {}, aliases)), wanted);
  const filled = fillCommand(step('redis-cli -h redis get <key>'), { '<key>': 'redis' }, aliases);
  assert.ok(filled.ok);
  assert.equal(filled.text, 'redis-cli -h testgen-redis get redis');
  assert.deepEqual(
    filled.replacements.map(one => [one.kind, one.from, filled.text.slice(one.start, one.end)]),
    [
      ['alias', 'redis', 'testgen-redis'],
      ['hole', '<key>', 'redis'],
    ],
  );
});
