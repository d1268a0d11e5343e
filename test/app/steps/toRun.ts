import type { StepOrder, StepRun } from '../../../src/app/steps/stepRun.ts';

/** A run that passed, unless told otherwise. */
export function toRun(order: Partial<StepOrder>, change: Partial<StepRun> = {}): StepRun {
  return {
    runId: 'run-1',
    order: {
      stepId: 'a',
      title: 'List containers',
      source: { file: 'docs/x.md', line: 7 },
      risk: 'read',
      mode: 'once',
      written: 'docker ps',
      command: 'docker ps',
      terminalKey: 'x',
      terminalName: 'x',
      cwd: undefined,
      env: {},
      variables: {},
      services: [],
      ...order,
    },
    status: 'passed',
    queuedAtMs: 0,
    startedAtMs: 0,
    tookMs: 1200,
    exitCode: 0,
    meaning: undefined,
    output: 'web\n',
    before: undefined,
    after: undefined,
    ...change,
  };
}
