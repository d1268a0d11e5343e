import type { CommandStep, Runbook, Step } from '../../domain/runbook/model.ts';
import { stepKey } from './runbooksModel.ts';

export interface FoundStep {
  readonly key: string;
  readonly runbook: Runbook;
  readonly step: CommandStep;
}

export function allSteps(runbooks: readonly Runbook[]): FoundStep[] {
  return runbooks.flatMap(runbook =>
    runbook.steps.flatMap(step =>
      step.kind === 'command' ? [{ key: stepKey(runbook.file, step.id), runbook, step }] : [],
    ),
  );
}

export function findStep(runbooks: readonly Runbook[], key: string): FoundStep | undefined {
  return allSteps(runbooks).find(found => found.key === key);
}

/** The place of a step or manual item, for "Open Step in Runbook". */
export function findPlace(
  runbooks: readonly Runbook[],
  key: string,
): { file: string; line: number } | undefined {
  for (const runbook of runbooks) {
    const step = runbook.steps.find((candidate: Step) => stepKey(runbook.file, candidate.id) === key);
    if (step) return { file: runbook.file, line: step.range.startLine };
  }
  return undefined;
}

/** The step after `key` in the same runbook that can be run, for "Run Next Runbook Step". */
export function nextStep(runbooks: readonly Runbook[], key: string): FoundStep | undefined {
  const steps = allSteps(runbooks);
  const at = steps.findIndex(found => found.key === key);
  const here = steps[at];
  return here && steps.slice(at + 1).find(found => found.runbook === here.runbook && !found.step.broken);
}
