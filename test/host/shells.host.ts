import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { StepTerminals } from '../../src/host/terminal/stepTerminals.ts';
import type { StepOutcome } from '../../src/ports.ts';
import { after, test } from './harness.ts';
import { carriesVariable, type HostileStep, hostileSteps } from './hostileSteps.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-shells-'));
const terminals = new StepTerminals(folder);
after(async () => {
  await useShell(undefined);
  terminals.dispose();
  for (const terminal of vscode.window.terminals) terminal.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function useShell(shell: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('watchkeeper')
    .update('steps.shell', shell, vscode.ConfigurationTarget.Global);
}

/** A step that hangs is interrupted, and counts as wrong. */
const stepLimitMs = 20_000;

let counter = 0;

function run(command: string, terminalKey: string, signal?: AbortSignal): Promise<StepOutcome> {
  return terminals.run(
    {
      stepId: `step-${++counter}`,
      command,
      mode: 'once',
      terminalKey,
      terminalName: `${terminalKey} (test)`,
      cwd: folder,
      env: {},
    },
    signal ?? new AbortController().signal,
  );
}

const code = (outcome: StepOutcome) => (outcome.kind === 'exited' ? outcome.exitCode : outcome.reason);

async function wrongIn(steps: readonly HostileStep[], terminalKey: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { command, exitCode, output } of steps) {
    const outcome = await run(command, terminalKey, AbortSignal.timeout(stepLimitMs));
    if (code(outcome) !== exitCode || (output && !output.test(outcome.output)))
      wrong.push(
        `${command.slice(0, 80)}: wanted ${exitCode} ${output ?? ''}, got ${JSON.stringify(outcome).slice(0, 300)}`,
      );
  }
  return wrong;
}

async function interrupts(terminalKey: string): Promise<void> {
  const abort = new AbortController();
  const done = run('sleep 30', terminalKey, abort.signal);
  await new Promise(resolve => setTimeout(resolve, 1200));
  abort.abort();
  assert.equal(code(await done), 130);
  assert.equal(code(await run('true', terminalKey)), 0);
}

test('each hostile statement ends with its own exit code and output, in zsh', async () => {
  await useShell('/usr/bin/zsh');
  assert.deepEqual(await wrongIn(hostileSteps, 'zsh'), []);
  await interrupts('zsh');
}, 240_000);

test('each hostile statement that fish can keep ends the same there', async () => {
  await useShell('/usr/bin/fish');
  const steps = hostileSteps.filter(({ command }) => !carriesVariable.test(command));
  assert.ok(steps.length >= 38);
  assert.deepEqual(await wrongIn(steps, 'fish'), []);
  await interrupts('fish');
}, 240_000);

/** `1` for twenty rounds in bash, or a shell and its rounds: `fish:5`. */
const soak = /^(?:1|([a-z]+):(\d+))$/.exec(process.env['WATCHKEEPER_SOAK'] ?? '');
if (soak !== null) {
  const [, shell = 'bash', rounds = '20'] = soak;
  test(`${rounds} times in a row each hostile statement ends as it should, in ${shell}`, async () => {
    await useShell(shell === 'bash' ? '/bin/bash' : `/usr/bin/${shell}`);
    const steps = hostileSteps.filter(({ command }) => shell !== 'fish' || !carriesVariable.test(command));
    const wrong: string[] = [];
    for (let round = 1; round <= Number(rounds); round++) {
      const startedMs = performance.now();
      const found = await wrongIn(steps, 'soak');
      wrong.push(...found.map(text => `round ${round}: ${text}`));
      console.log(
        `    round ${round}: ${found.length} wrong, ${Math.round(performance.now() - startedMs)} ms`,
      );
    }
    assert.deepEqual(wrong, []);
  }, 1_500_000);
}
