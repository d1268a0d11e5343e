import { Emitter, type Event } from '../../base/emitter.ts';
import { isOver, type StepRun } from '../steps/stepRun.ts';
import type { FinishedStep, RecorderInputs, StartedStep } from './recorderInputs.ts';

/** What the recorder wants to know of runs: each start and each end once, however often a run changes between. */
export function stepInputs(
  onDidChange: Event<StepRun>,
): Required<Pick<RecorderInputs, 'onDidStartStep' | 'onDidFinishStep'>> {
  const started = new Emitter<StartedStep>();
  const finished = new Emitter<FinishedStep>();
  const told = new Map<string, 'started' | 'finished'>();
  onDidChange(run => {
    const { startedAtMs } = run;
    if (startedAtMs === undefined || told.get(run.runId) === 'finished') return;
    const step = toStarted(run, startedAtMs);
    if (!told.has(run.runId) && run.isFromBefore !== true) started.fire(step);
    told.set(run.runId, isOver(run.status) ? 'finished' : 'started');
    if (isOver(run.status)) finished.fire(toFinished(run, step));
  });
  return { onDidStartStep: started.event, onDidFinishStep: finished.event };
}

function toStarted({ runId, order }: StepRun, startedAtMs: number): StartedStep {
  const { stepId, command, title, source, risk, services } = order;
  return { runId, stepId, command, title, source, isMutating: risk !== 'read', services, startedAtMs };
}

function toFinished(run: StepRun, step: StartedStep): FinishedStep {
  const { exitCode, meaning, output, tookMs = 0, before, after } = run;
  return {
    ...step,
    exitCode,
    reason: exitCode === undefined ? meaning : undefined,
    output,
    tookMs,
    healthBefore: before?.services ?? {},
    healthAfter: after?.services ?? {},
  };
}
