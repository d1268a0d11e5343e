import type { StepRun, StepStatus } from '../../app/steps/stepRun.ts';
import type { Runbook } from '../../domain/runbook/model.ts';
import { stepKey } from './runbooksModel.ts';

export type Mark = 'active' | 'passed' | 'finding' | 'failed' | 'stopped';

const marks: Readonly<Record<StepStatus, Mark>> = {
  queued: 'active',
  running: 'active',
  recovering: 'active',
  passed: 'passed',
  finding: 'finding',
  failed: 'failed',
  stopped: 'stopped',
  unknown: 'stopped',
};

/** Lines, from 0, of the steps that ran, by the mark each gets. */
export function markLines(
  { file, steps }: Pick<Runbook, 'file' | 'steps'>,
  runOf: (key: string) => Pick<StepRun, 'status'> | undefined,
): ReadonlyMap<Mark, readonly number[]> {
  const lines = new Map<Mark, number[]>();
  for (const { id, range } of steps) {
    const run = runOf(stepKey(file, id));
    if (!run) continue;
    const mark = marks[run.status];
    lines.set(mark, [...(lines.get(mark) ?? []), range.startLine - 1]);
  }
  return lines;
}
