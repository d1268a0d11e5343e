import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepInputs } from '../../../src/app/incident/fromRuns.ts';
import { toRunningStep } from '../../../src/app/steps/lostRuns.ts';
import { RunbookRuns } from '../../../src/app/steps/runbookRuns.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { FakeStepTerminal } from '../../fakes/fakeStepTerminal.ts';
import { toRun } from './toRun.ts';

const redact = (text: string) => text.replaceAll('hunter2', '«redacted»');

function newWindow() {
  const health = {
    snapshot: () => ({ atMs: 0, services: {} }),
    untilUp: async () => ({ atMs: 0, services: {} }),
  };
  const terminal = new FakeStepTerminal();
  return new RunbookRuns({
    terminal,
    health,
    clock: new FakeClock(),
    redact,
    recoveryWaitMs: () => 0,
    windowId: 'w2',
  });
}

test('a step whose window went is unknown, with the reason, and its start is not told twice', () => {
  const runs = newWindow();
  const told: string[] = [];
  const { onDidStartStep, onDidFinishStep } = stepInputs(runs.onDidChange);
  onDidStartStep(step => told.push(`start ${step.runId}`));
  onDidFinishStep(step => told.push(`end ${step.runId} ${step.exitCode} ${step.reason}`));
  const before = toRun(
    { written: 'login hunter2', command: 'login hunter2 4711' },
    { runId: 'run-w1-7', startedAtMs: 5, status: 'running', exitCode: undefined, tookMs: undefined },
  );
  const step = toRunningStep(before, redact);
  assert.equal(step?.command, 'login «redacted»', 'as written, without what was typed');
  if (step) runs.lose(step);
  assert.equal(runs.get('a')?.status, 'unknown');
  assert.equal(runs.get('a')?.exitCode, undefined);
  assert.deepEqual(told, ['end run-w1-7 undefined the window was reloaded or closed before it ended']);
});

test('a step whose window went while its services were waited for ended as it did', () => {
  const runs = newWindow();
  const told: string[] = [];
  stepInputs(runs.onDidChange).onDidFinishStep(step => told.push(`${step.exitCode} ${step.tookMs}`));
  const waiting = toRun({ risk: 'change' }, { status: 'recovering', exitCode: 0, tookMs: 1200 });
  const step = toRunningStep(waiting, redact);
  if (step) runs.lose(step);
  assert.deepEqual([runs.get('a')?.status, runs.get('a')?.after], ['passed', undefined]);
  assert.deepEqual(told, ['0 1200']);
});

test('what has run since is not painted over', async () => {
  const runs = newWindow();
  const now = runs.record(toRun({}).order, 0, '');
  const step = toRunningStep(toRun({}, { runId: 'run-w1-1', startedAtMs: -5, exitCode: undefined }), redact);
  if (step) runs.lose(step);
  assert.equal(runs.get('a'), now);
  assert.equal(now.runId, 'run-w2-1');
});
