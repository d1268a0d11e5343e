import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentFor, consentWord } from '../../../src/domain/runbook/consent.ts';
import { judgeOutcome, type StepResult } from '../../../src/domain/runbook/outcome.ts';

const rows: readonly [string, number, StepResult, string | undefined][] = [
  ['docker ps', 0, 'passed', undefined],
  ['docker ps | grep testgen', 1, 'finding', 'no match'],
  ['docker logs x | grep -E "(a|b)"', 1, 'finding', 'no match'],
  ['grep x file | head -20', 1, 'failed', undefined],
  ['systemctl status testgen', 3, 'finding', 'not active'],
  ['pg_isready -h postgres', 2, 'finding', 'no response'],
  ['docker exec c pg_isready', 1, 'finding', 'rejecting connections'],
  ['curl -f http://x/health', 22, 'finding', 'HTTP error status'],
  ['curl http://localhost:6379/', 52, 'finding', 'empty reply'],
  ['make health-check', 2, 'failed', undefined],
  ['nosuch', 127, 'failed', 'command not found'],
  ['make x', 130, 'stopped', 'interrupted'],
];

test('an exit code is judged by the program that gave it', () => {
  for (const [command, code, result, meaning] of rows) {
    assert.deepEqual(judgeOutcome(command, code, 'once'), { result, meaning }, `${command} → ${code}`);
  }
});

test('interrupting a step that never ends is how it is meant to end', () => {
  assert.equal(judgeOutcome('docker stats', 130, 'stream').result, 'passed');
});

test('consent grows with the risk and with the environment', () => {
  const calm = { isStrict: false, isConfirmedInIncident: false };
  assert.equal(
    consentFor({ risk: 'read', command: 'df -h' }, { isStrict: true, isConfirmedInIncident: false }),
    'gesture',
  );
  assert.equal(consentFor({ risk: 'unknown', command: 'frob' }, calm), 'confirm');
  assert.equal(consentFor({ risk: 'change', command: 'docker-compose restart x' }, calm), 'confirm');
  assert.equal(
    consentFor(
      { risk: 'change', command: 'docker-compose restart x' },
      { ...calm, isConfirmedInIncident: true },
    ),
    'gesture',
  );
  assert.equal(
    consentFor({ risk: 'change', command: 'docker-compose down' }, { ...calm, isConfirmedInIncident: true }),
    'confirm',
  );
  assert.equal(
    consentFor({ risk: 'change', command: 'x restart' }, { isStrict: true, isConfirmedInIncident: true }),
    'confirm',
  );
  assert.equal(consentFor({ risk: 'destroy', command: 'redis-cli FLUSHALL' }, calm), 'typed');
});

test('the word to type is the verb of the command', () => {
  assert.equal(consentWord('redis-cli FLUSHALL'), 'flushall');
  assert.equal(consentWord('docker system prune -f'), 'prune');
  assert.equal(consentWord('docker-compose down -v'), 'down');
  assert.equal(consentWord('mkfs /dev/sdb'), 'destroy');
});
