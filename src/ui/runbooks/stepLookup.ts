import type { CommandStep, Runbook, Section, Step } from '../../domain/runbook/model.ts';
import type { SymptomMatch } from '../../domain/runbook/symptoms.ts';
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

/** The steps of sections whose symptoms are seen right now, likeliest section first; a step is named once. */
export function stepsThatFit(
  steps: readonly FoundStep[],
  matchesOf: (file: string) => readonly SymptomMatch[],
): readonly FoundStep[] {
  const runbooks = [...new Set(steps.map(({ runbook }) => runbook))];
  const sections = runbooks
    .flatMap(runbook => matchesOf(runbook.file).map(match => ({ runbook, match })))
    .sort((a, b) => b.match.score - a.match.score);
  const fitting = sections.flatMap(({ runbook, match }) => {
    const range = flat(runbook.sections).find(({ id }) => id === match.sectionId)?.range;
    return steps.filter(
      ({ runbook: own, step }) =>
        range !== undefined &&
        own === runbook &&
        step.range.startLine >= range.startLine &&
        step.range.endLine <= range.endLine,
    );
  });
  return [...new Set(fitting)];
}

function flat(sections: readonly Section[]): readonly Section[] {
  return sections.flatMap(section => [section, ...flat(section.sections)]);
}
