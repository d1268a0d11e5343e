import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { UnattendedShell } from '../../../src/adapters/steps/unattendedShell.ts';
import type { StepRequest } from '../../../src/ports.ts';

const request = (command: string, change: Partial<StepRequest> = {}): StepRequest => ({
  stepId: 's',
  command,
  mode: 'once',
  terminalKey: 'k',
  terminalName: 'n',
  cwd: os.tmpdir(),
  env: {},
  ...change,
});
const never = new AbortController().signal;

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // An orphan that nobody reaped is dead all the same.
    return !/^State:\s*Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

async function untilGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 40 && isAlive(pid); i++) await new Promise(resolve => setTimeout(resolve, 25));
  return !isAlive(pid);
}

test('exit code, both outputs, folder and variables are those of the step', async () => {
  const shell = new UnattendedShell();
  for (const [command, code, output] of [
    ['echo out; echo err >&2; exit 7', 7, /out\nerr/],
    ['pwd', 0, new RegExp(fs.realpathSync(os.tmpdir()))],
    ['echo "$FROM_ENV $ASKED"', 0, /^of env asked$/m],
    ['printf "\\033[31mred\\033[0m\\n"', 0, /^red$/m],
    ['no-such-program-here', 127, /not found/],
    ['cat <<EOF\nhere\nEOF', 0, /here/],
    ['read -r answer; echo "got:$answer"', 0, /^got:$/m],
    ['echo "a!b"; (exit 3)', 3, /a!b/],
  ] as const) {
    const given = request(command, { env: { FROM_ENV: 'of env' }, variables: { ASKED: 'asked' } });
    const outcome = await shell.run(given, never);
    assert.equal(outcome.kind === 'exited' ? outcome.exitCode : outcome.reason, code, command);
    assert.match(outcome.output, output, command);
  }
});

test('cancelling ends the whole group, and says so', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-unattended-'));
  try {
    const abort = new AbortController();
    const file = path.join(folder, 'pid');
    const done = new UnattendedShell().run(request(`(sleep 60 & echo $! > '${file}'; wait)`), abort.signal);
    while (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') === '')
      await new Promise(resolve => setTimeout(resolve, 20));
    const pid = Number(fs.readFileSync(file, 'utf8'));
    assert.equal(isAlive(pid), true);
    abort.abort();
    const outcome = await done;
    assert.equal(outcome.kind === 'unknown' && outcome.reason, 'cancelled');
    assert.equal(await untilGone(pid), true);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test('a step that does not end is ended, with what it printed so far', async () => {
  const outcome = await new UnattendedShell(400).run(request('echo begun; sleep 60'), never);
  assert.equal(outcome.kind === 'unknown' && outcome.reason, 'no end after 0 s');
  assert.match(outcome.output, /begun/);
});

test('what is left in the background does not keep a finished step waiting', async () => {
  const startedMs = performance.now();
  const outcome = await new UnattendedShell().run(request('sleep 60 & echo "$!"'), never);
  assert.equal(outcome.kind === 'exited' && outcome.exitCode, 0);
  assert.ok(performance.now() - startedMs < 30_000);
  assert.equal(await untilGone(Number(outcome.output)), true);
});

test('a folder that does not exist is told, not thrown', async () => {
  const outcome = await new UnattendedShell().run(request('true', { cwd: '/no-such-folder' }), never);
  assert.equal(outcome.kind, 'unknown');
});
