import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepInputs } from '../../../src/app/incident/fromRuns.ts';
import type { StepRun } from '../../../src/app/steps/stepRun.ts';
import { Emitter } from '../../../src/base/emitter.ts';

const run: StepRun = {
  runId: 'r1',
  order: {
    stepId: 's1',
    title: 'Restart redis',
    source: { file: 'runbooks/redis.md', line: 12 },
    risk: 'change',
    mode: 'once',
    written: 'docker-compose restart redis',
    command: 'docker compose restart redis',
    terminalKey: 'k',
    terminalName: 'n',
    cwd: undefined,
    env: {},
    variables: {},
    services: ['redis'],
  },
  status: 'queued',
  queuedAtMs: 1_000,
  startedAtMs: undefined,
  tookMs: undefined,
  exitCode: undefined,
  meaning: undefined,
  output: '',
  before: undefined,
  after: undefined,
};

test('each run is told once when it starts and once when it is over, as it ran', () => {
  const changes = new Emitter<StepRun>();
  const { onDidStartStep, onDidFinishStep } = stepInputs(changes.event);
  const told: string[] = [];
  onDidStartStep(step => told.push(`start ${step.runId} ${step.command} ${step.isMutating}`));
  onDidFinishStep(step => told.push(`end ${step.exitCode} ${step.reason} ${step.healthAfter['redis']}`));
  changes.fire(run);
  changes.fire({ ...run, status: 'running', startedAtMs: 2_000 });
  changes.fire({ ...run, status: 'recovering', startedAtMs: 2_000, exitCode: 0 });
  const over: StepRun = {
    ...run,
    status: 'passed',
    startedAtMs: 2_000,
    tookMs: 3_000,
    exitCode: 0,
    after: { atMs: 6_000, services: { redis: 'up' } },
  };
  changes.fire(over);
  changes.fire(over);
  assert.deepEqual(told, ['start r1 docker compose restart redis true', 'end 0 undefined up']);
});

test('a run that never started is not told, one without an exit code is told with the reason', () => {
  const changes = new Emitter<StepRun>();
  const told: (string | undefined)[] = [];
  stepInputs(changes.event).onDidFinishStep(step => told.push(step.reason));
  changes.fire({ ...run, status: 'stopped' });
  changes.fire({
    ...run,
    runId: 'r2',
    status: 'unknown',
    startedAtMs: 1,
    meaning: 'the terminal was closed',
  });
  assert.deepEqual(told, ['the terminal was closed']);
});
