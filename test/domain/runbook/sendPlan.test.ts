import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSend, quoteWord, toShellKind } from '../../../src/domain/runbook/sendPlan.ts';

const rows: readonly [string, 'line' | 'script'][] = [
  ['docker ps | grep testgen', 'line'],
  ['curl -w "%{time_total}\\n" -s http://localhost:8000/health', 'line'],
  ['export LLM_RATE_LIMIT=10', 'line'],
  ['python -c "\nprint(1)\n"', 'script'],
  ['echo a \\\n b', 'script'],
  ['(echo in; exit 7)', 'script'],
  ['{ false; }', 'script'],
  ['echo "hi!there"', 'script'],
  ['cat <<EOF', 'script'],
  ['for i in 1 2; do echo $i; done', 'script'],
  ['curl http://localhost:6379/  # Redis', 'script'],
  [`echo ${'x'.repeat(600)}`, 'script'],
  ['grep\tx', 'script'],
];

test('a statement goes as a line only where every shell reads the line alike', () => {
  for (const [command, by] of rows) assert.equal(planSend(command, 'bash').by, by, command);
});

test('fish gets a file for what it reads differently', () => {
  assert.equal(planSend('export A=1', 'fish').by, 'script');
  assert.equal(planSend('docker ps', 'fish').by, 'line');
});

test('shell names as VS Code reports them', () => {
  assert.deepEqual(['gitbash', 'zsh', 'ksh', 'dash', 'powershell', undefined, 'nu'].map(toShellKind), [
    'bash',
    'zsh',
    'sh',
    'sh',
    'pwsh',
    'other',
    'other',
  ]);
});

test('a quoted word survives quotes and spaces', () => {
  assert.equal(quoteWord("it's here"), `'it'\\''s here'`);
});
