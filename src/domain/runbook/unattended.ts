import type { CommandStep, Runbook } from './model.ts';

export interface LeftOut {
  readonly step: CommandStep;
  readonly reason: string;
}

export interface UnattendedPlan {
  readonly steps: readonly CommandStep[];
  /** Read-only steps that cannot run by themselves, and why. Steps that change anything are not in here. */
  readonly leftOut: readonly LeftOut[];
}

export interface KnownValues {
  readonly hasHole: (hole: string) => boolean;
  readonly hasVariable: (name: string) => boolean;
}

/** The steps that may run without anybody watching, in any order and side by side: they read, end, and need nothing. */
export function planUnattended(
  runbook: Pick<Runbook, 'steps'>,
  known: KnownValues,
  isWanted: (step: CommandStep) => boolean = () => true,
): UnattendedPlan {
  const steps: CommandStep[] = [];
  const leftOut: LeftOut[] = [];
  const setBefore = new Set<string>();
  for (const step of runbook.steps) {
    if (step.kind !== 'command') continue;
    if (isWanted(step) && step.risk === 'read') {
      const reason = whyNot(step, setBefore, known);
      if (reason === undefined) steps.push(step);
      else leftOut.push({ step, reason });
    }
    for (const name of step.sets) setBefore.add(name);
  }
  return { steps, leftOut };
}

function whyNot(step: CommandStep, setBefore: ReadonlySet<string>, known: KnownValues): string | undefined {
  if (step.broken !== undefined) return `cannot run as written: ${step.broken}`;
  if (step.mode === 'tty') return 'needs a person at the terminal';
  if (step.mode === 'stream') return 'never ends by itself';
  if (step.isEnvironmentMutating) return 'only changes the terminal it runs in';
  const hole = step.holes.find(({ text, strength }) => strength === 'required' && !known.hasHole(text));
  if (hole) return `needs a value for ${hole.text}`;
  const carried = step.reads.find(name => setBefore.has(name) && !step.sets.includes(name));
  if (carried !== undefined) return `needs $${carried}, which an earlier step sets`;
  const unset = step.variables.find(name => !known.hasVariable(name));
  return unset === undefined ? undefined : `needs a value for $${unset}`;
}
