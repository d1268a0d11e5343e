import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepInputs } from '../../../src/app/incident/fromRuns.ts';
import { RunbookRuns } from '../../../src/app/steps/runbookRuns.ts';
import type { HealthSnapshot, StepOrder } from '../../../src/app/steps/stepRun.ts';
import type { HealthState } from '../../../src/domain/health/model.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { FakeStepTerminal } from '../../fakes/fakeStepTerminal.ts';

function setUp(after: HealthState = 'up') {
  const terminal = new FakeStepTerminal();
  const clock = new FakeClock();
  const snapshot = (state: HealthState): HealthSnapshot => ({
    atMs: clock.nowMs(),
    services: { postgres: state },
  });
  const waits: number[] = [];
  const health = {
    snapshot: () => snapshot('down'),
    untilUp: async (_services: readonly string[], timeoutMs: number) => {
      waits.push(timeoutMs);
      return snapshot(after);
    },
  };
  const redact = (text: string) => text.replaceAll('hunter2', '«redacted»');
  const runs = new RunbookRuns({ terminal, health, clock, redact, recoveryWaitMs: () => 30_000 });
  const states: string[] = [];
  runs.onDidChange(run => states.push(run.status));
  return { terminal, clock, runs, states, waits };
}

const order = (change: Partial<StepOrder> = {}): StepOrder => ({
  stepId: 'a',
  title: 'Restart database',
  source: { file: 'docs/runbooks/x.md', line: 3 },
  risk: 'change',
  mode: 'once',
  written: 'docker-compose restart postgres',
  command: 'docker-compose restart postgres',
  terminalKey: 'x local',
  terminalName: 'x (local)',
  cwd: undefined,
  env: {},
  variables: {},
  services: ['postgres'],
  ...change,
});

test('a changing step carries the health before and after it', async () => {
  const { terminal, runs, states, waits } = setUp();
  const done = runs.run(order());
  terminal.answer({ kind: 'exited', exitCode: 0, output: 'Restarting … hunter2', tookMs: 700 });
  const run = await done;
  assert.deepEqual(states, ['queued', 'running', 'recovering', 'passed']);
  assert.equal(run.before?.services['postgres'], 'down');
  assert.equal(run.after?.services['postgres'], 'up');
  assert.equal(run.output, 'Restarting … «redacted»');
  assert.deepEqual(waits, [30_000]);
});

test('the journal hears of the end once, with the health after it', async () => {
  const { terminal, runs } = setUp();
  const told: string[] = [];
  stepInputs(runs.onDidChange).onDidFinishStep(({ exitCode, healthBefore, healthAfter }) =>
    told.push(`${exitCode} ${healthBefore['postgres']} → ${healthAfter['postgres']}`),
  );
  const done = runs.run(order());
  terminal.answer({ kind: 'exited', exitCode: 0, output: '', tookMs: 1 });
  await done;
  assert.deepEqual(told, ['0 down → up']);
});

test('exit 0 with the service still down is told as such', async () => {
  const { terminal, runs } = setUp('down');
  const done = runs.run(order());
  terminal.answer({ kind: 'exited', exitCode: 0, output: '', tookMs: 1 });
  assert.equal((await done).after?.services['postgres'], 'down');
});

test('a read-only step is not judged by health', async () => {
  const { terminal, runs, waits } = setUp();
  const done = runs.run(order({ risk: 'read', command: 'docker ps | grep x' }));
  terminal.answer({ kind: 'exited', exitCode: 1, output: '', tookMs: 1 });
  const run = await done;
  assert.deepEqual([run.status, run.meaning, run.after], ['finding', 'no match', undefined]);
  assert.deepEqual(waits, []);
});

test('no exit code is unknown, never success', async () => {
  const { terminal, runs } = setUp();
  const done = runs.run(order({ services: [] }));
  terminal.answer({ kind: 'unknown', reason: 'the terminal was closed', output: '', tookMs: 1 });
  const run = await done;
  assert.deepEqual(
    [run.status, run.exitCode, run.meaning],
    ['unknown', undefined, 'the terminal was closed'],
  );
});

test('stopping interrupts the step and does not wait for health', async () => {
  const { runs, waits } = setUp();
  const done = runs.run(order());
  assert.equal(runs.running.length, 1);
  runs.stop('a');
  assert.equal((await done).status, 'stopped');
  assert.deepEqual(waits, []);
  assert.equal(runs.running.length, 0);
});

test('a terminal that fails to start leaves an unknown outcome with its reason', async () => {
  const { runs } = setUp();
  const broken = new RunbookRuns({
    terminal: { run: () => Promise.reject(new Error('no shell')) },
    health: { snapshot: () => ({ atMs: 0, services: {} }), untilUp: async () => ({ atMs: 0, services: {} }) },
    clock: new FakeClock(),
    redact: text => text,
    recoveryWaitMs: () => 0,
  });
  const run = await broken.run(order({ services: [] }));
  assert.deepEqual([run.status, run.meaning], ['unknown', 'no shell']);
  runs.dispose();
});

test('a step run elsewhere is recorded with the word of the person', () => {
  const { runs } = setUp();
  const run = runs.record(order(), 0, '');
  assert.deepEqual([run.status, run.meaning, runs.get('a')?.exitCode], ['passed', 'run elsewhere', 0]);
});
