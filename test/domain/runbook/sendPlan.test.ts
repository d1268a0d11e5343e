import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  exportLines,
  planSend,
  quoteWord,
  readScriptLine,
  toShellKind,
} from '../../../src/domain/runbook/sendPlan.ts';

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

test('PowerShell gets as a line only what it reads as a POSIX shell does', () => {
  for (const command of [
    'docker ps -a',
    'docker-compose restart postgres',
    'curl -s http://localhost:8000/health',
  ])
    assert.equal(planSend(command, 'pwsh').by, 'line', command);
  for (const command of [
    'a && b',
    'echo "$HOME"',
    'ps | grep x',
    'export A=1',
    "echo 'x'",
    'x > y',
    '~/run',
    '@{}',
  ])
    assert.equal(planSend(command, 'pwsh').by, 'script', command);
});

test('scripts are shown, then read by the shell or by bash; variables are set in the words of the shell', () => {
  assert.equal(readScriptLine('/a b/s.sh', 'zsh'), "cat '/a b/s.sh'; . '/a b/s.sh'");
  assert.equal(readScriptLine('/s.sh', 'fish'), "cat '/s.sh'; bash '/s.sh'");
  assert.equal(readScriptLine("/it's.sh", 'pwsh'), "Get-Content '/it''s.sh'; bash '/it''s.sh'");
  assert.equal(exportLines({ A: "it's" }, 'bash'), "export A='it'\\''s'");
  assert.equal(exportLines({ A: "it's", B: '$x' }, 'pwsh'), "$env:A = 'it''s'\n$env:B = '$x'");
  assert.throws(() => exportLines({ 'A;b': 'x' }, 'pwsh'), RangeError);
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
