import type { RunningStep } from '../../ports.ts';
import type { StepOrder, StepRun } from './stepRun.ts';

/** What the next window has to know of a run; what was typed for it stays out. */
export function toRunningStep(
  { runId, order, startedAtMs, exitCode, tookMs }: StepRun,
  redact: (text: string) => string,
): RunningStep | undefined {
  if (startedAtMs === undefined) return undefined;
  const { stepId, title, source, risk, mode, written, services } = order;
  const { file, line } = source;
  const command = redact(written);
  const step = { runId, startedAtMs, stepId, title, file, line, risk, mode, command, services };
  return exitCode === undefined || tookMs === undefined ? step : { ...step, ended: { exitCode, tookMs } };
}

export function toOrder(step: RunningStep): StepOrder {
  const { stepId, title, file, line, risk, mode, command, services } = step;
  return {
    stepId,
    title,
    source: { file, line },
    risk,
    mode,
    written: command,
    command,
    terminalKey: '',
    terminalName: '',
    cwd: undefined,
    env: {},
    variables: {},
    services,
  };
}
