import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logsRequest } from '../../../src/domain/runbook/logsCommand.ts';

const wanted = (names: readonly string[], change: object = {}) => ({
  names,
  isCompose: false,
  tail: undefined,
  since: undefined,
  include: undefined,
  ...change,
});

const table: readonly [string, object | undefined][] = [
  ['docker ps', undefined],
  ['docker logs', undefined],
  ['kubectl get pods', undefined],
  ['kubectl logs', undefined],
  ['kubectl logs web-1', wanted([], { pod: { target: 'web-1' } })],
  [
    'kubectl -n testgen --context prod logs -f deployment/testgen -c app --tail=50',
    wanted([], {
      pod: { context: 'prod', namespace: 'testgen', target: 'deployment/testgen', container: 'app' },
      tail: 50,
    }),
  ],
  [
    'kubectl logs -l app=testgen --since=10m -n testgen | grep ERROR',
    wanted([], {
      pod: { namespace: 'testgen', selector: 'app=testgen' },
      since: { agoMs: 600_000 },
      include: 'ERROR',
    }),
  ],
  ['kubectl logs web-1 sidecar --previous', wanted([], { pod: { target: 'web-1', container: 'sidecar' } })],
  ['docker logs web', wanted(['web'])],
  ['docker logs -f web', wanted(['web'])],
  ['docker logs --tail 100 web', wanted(['web'], { tail: 100 })],
  ['docker logs web --tail=50 -t', wanted(['web'], { tail: 50 })],
  ['docker logs -n 5 --since 1h30m web', wanted(['web'], { tail: 5, since: { agoMs: 5_400_000 } })],
  [
    'docker logs --since 2026-11-21T10:00:00Z web',
    wanted(['web'], { since: { atMs: Date.parse('2026-11-21T10:00:00Z') } }),
  ],
  ['docker logs web 2>&1 | grep -i error', wanted(['web'], { include: '(?i)error' })],
  ['docker logs web | grep "error\\|fail"', wanted(['web'], { include: 'error|fail' })],
  ['docker logs web | grep -E "5[0-9]{2}"', wanted(['web'], { include: '5[0-9]{2}' })],
  ['docker logs web | grep -F "a.b"', wanted(['web'], { include: 'a\\.b' })],
  ['docker logs web | grep "f(x)"', wanted(['web'], { include: 'f\\(x\\)' })],
  ['docker logs web | grep -A 3 Traceback | tail -5', wanted(['web'], { include: 'Traceback' })],
  ['docker logs web | grep -v DEBUG', wanted(['web'])],
  ['docker-compose logs -f --tail=20 api db', wanted(['api', 'db'], { isCompose: true, tail: 20 })],
  ['docker compose logs', wanted([], { isCompose: true })],
  ['kubectl logs web', wanted([], { pod: { target: 'web' } })],
];

for (const [command, expected] of table) {
  test(`${command} is shown as it asks`, () => {
    assert.deepEqual(logsRequest(command), expected);
  });
}
