import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { StepTerminals } from '../../src/host/terminal/stepTerminals.ts';
import type { StepOutcome, StepRequest } from '../../src/ports.ts';
import { after, eventually, test } from './harness.ts';
import { hostileSteps } from './hostileSteps.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-steps-'));
const terminals = new StepTerminals(folder);
after(() => {
  terminals.dispose();
  for (const terminal of vscode.window.terminals) terminal.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

let counter = 0;

function run(
  command: string,
  change: Partial<StepRequest> = {},
  signal = new AbortController().signal,
): Promise<StepOutcome> {
  const request: StepRequest = {
    stepId: `step-${++counter}`,
    command,
    mode: 'once',
    terminalKey: 'hostile',
    terminalName: 'hostile (test)',
    cwd: folder,
    env: {},
    ...change,
  };
  return terminals.run(request, signal);
}

const code = (outcome: StepOutcome) => (outcome.kind === 'exited' ? outcome.exitCode : outcome.reason);

test('each hostile statement ends with its own exit code and output, in bash', async () => {
  for (const { command, exitCode: expected, output } of hostileSteps) {
    const outcome = await run(command);
    assert.equal(code(outcome), expected, `${command}: ${JSON.stringify(outcome)}`);
    if (output) assert.match(outcome.output, output, `${command}: ${JSON.stringify(outcome)}`);
  }
}, 600_000);

test('a step that exits the shell is told by the terminal that closed', async () => {
  assert.equal(code(await run('exit 3', { terminalKey: 'exits' })), 3);
  assert.equal(code(await run('exit', { terminalKey: 'exits' })), 'the terminal was closed');
});

test('closing the terminal half-way ends the step as unknown', async () => {
  const done = run('sleep 30', { terminalKey: 'closed', terminalName: 'closed (test)' });
  const terminal = await eventually(() =>
    vscode.window.terminals.find(({ name }) => name === 'closed (test)'),
  );
  await new Promise(resolve => setTimeout(resolve, 2500));
  terminal.dispose();
  assert.equal(code(await done), 'the terminal was closed');
});

test('stopping interrupts the step, and the terminal is usable afterwards', async () => {
  await run('true', { terminalKey: 'stopped' });
  const abort = new AbortController();
  const done = run('sleep 30', { terminalKey: 'stopped' }, abort.signal);
  await new Promise(resolve => setTimeout(resolve, 800));
  abort.abort();
  assert.equal(code(await done), 130);
  assert.equal(code(await run('true', { terminalKey: 'stopped' })), 0);
});

test('a second step waits for the first: nothing is typed into a busy terminal', async () => {
  const first = run('sleep 1; echo first', { terminalKey: 'queue' });
  const second = run('echo second', { terminalKey: 'queue' });
  const outcomes = await Promise.all([first, second]);
  assert.deepEqual(outcomes.map(code), [0, 0]);
  assert.match(outcomes[0]?.output ?? '', /first/);
  assert.match(outcomes[1]?.output ?? '', /second/);
});

test('what a person runs in the terminal is neither interrupted nor taken for ours', async () => {
  await run('true', { terminalKey: 'person', terminalName: 'person (test)' });
  const terminal = await eventually(() =>
    vscode.window.terminals.find(({ name }) => name === 'person (test)'),
  );
  terminal.sendText('sleep 4; sh -c "exit 9"', true);
  await new Promise(resolve => setTimeout(resolve, 800));
  assert.equal(code(await run('echo beside', { terminalKey: 'person', terminalName: 'person (test)' })), 0);
  assert.equal(vscode.window.terminals.filter(({ name }) => name.startsWith('person (test)')).length, 2);
});

test('a long output is kept at both ends and says what is missing', async () => {
  const outcome = await run('seq 1 60000', { terminalKey: 'long' });
  assert.equal(code(outcome), 0);
  assert.match(outcome.output, /^1\n2\n/m);
  assert.match(outcome.output, /characters left out/);
  assert.match(outcome.output, /60000/);
});

/** More by hand: VS Code's own terminal takes a minute for a hundred. */
const stepMb = Number(process.env['WATCHKEEPER_STEP_MB'] ?? 6);

test('a flood of output costs no memory to speak of, and asking the terminal back spoils no later step', async () => {
  const before = process.memoryUsage().rss;
  const outcome = await run(
    `yes 0123456789012345678901234567890 | head -c ${stepMb}000000; echo; echo the-end`,
    {
      terminalKey: 'much',
    },
  );
  assert.equal(code(outcome), 0);
  assert.ok(outcome.output.length < 200_000, `${outcome.output.length} characters kept`);
  assert.match(outcome.output, /characters left out[\s\S]*the-end/);
  const grownMb = (process.memoryUsage().rss - before) / 1024 / 1024;
  assert.ok(grownMb < 300, `${grownMb} MB more`);
  await run(String.raw`printf '\033[c\033[6n\033[5n\033]11;?\007'`, { terminalKey: 'much' });
  assert.equal(code(await run('printf "\\033c"', { terminalKey: 'much' })), 0);
  const after = await run('echo still $((40 + 2))', { terminalKey: 'much' });
  assert.equal(code(after), 0);
  assert.match(after.output, /still 42/);
}, 180_000);

test('a shell without integration still gives exit code, output and carried variables', async () => {
  await vscode.workspace
    .getConfiguration('watchkeeper')
    .update('steps.shell', '/bin/sh', vscode.ConfigurationTarget.Global);
  const inDash = { terminalKey: 'dash', terminalName: 'dash (test)' };
  try {
    for (const [command, expected, output] of [
      ['echo in dash', 0, /in dash/],
      ['sh -c "exit 6"', 6],
      ['export WK_DASH=kept', 0],
      ['echo "is $WK_DASH"', 0, /is kept/],
      ['echo "two\nlines"', 0, /two\nlines/],
      ['(exit 7)', 7],
      ['no-such-program-here', 127],
      ['cat <<EOF\nhere\nEOF', 0, /here/],
    ] as const) {
      const outcome = await run(command, inDash);
      assert.equal(code(outcome), expected, `${command}: ${JSON.stringify(outcome)}`);
      if (output) assert.match(outcome.output, output, `${command}: ${JSON.stringify(outcome)}`);
    }
    const abort = new AbortController();
    const done = run('sleep 30', inDash, abort.signal);
    await new Promise(resolve => setTimeout(resolve, 800));
    abort.abort();
    assert.equal(code(await done), 130);
    assert.equal(code(await run('exit 5', inDash)), 5);
  } finally {
    await vscode.workspace
      .getConfiguration('watchkeeper')
      .update('steps.shell', undefined, vscode.ConfigurationTarget.Global);
  }
}, 120_000);

test('a step that stays gets a terminal of its own', async () => {
  const abort = new AbortController();
  const stream = run('sleep 30', { mode: 'stream', terminalKey: 'streams', stepId: 'tail' }, abort.signal);
  assert.equal(code(await run('echo beside the stream', { terminalKey: 'streams' })), 0);
  abort.abort();
  assert.equal(code(await stream), 130);
});

test('no script is left behind', () => {
  assert.deepEqual(
    fs.readdirSync(folder).filter(name => name.startsWith('step-')),
    [],
  );
});
