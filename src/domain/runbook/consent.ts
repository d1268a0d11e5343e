import type { CommandStep } from './model.ts';

/** What it takes to run a step: a gesture, a look at what and where, or a word typed in full. */
export type ConsentLevel = 'gesture' | 'confirm' | 'typed';

export interface ConsentContext {
  /** An environment that asks for more (`consent: strict`, production). */
  readonly isStrict: boolean;
  /** True when the same restart was already confirmed in this incident. */
  readonly isConfirmedInIncident: boolean;
}

export function consentFor(
  step: Pick<CommandStep, 'risk' | 'command'>,
  context: ConsentContext,
): ConsentLevel {
  if (step.risk === 'read') return 'gesture';
  if (step.risk === 'destroy') return 'typed';
  if (context.isStrict) return 'confirm';
  return context.isConfirmedInIncident && isRestart(step.command) ? 'gesture' : 'confirm';
}

/** The word that has to be typed: what is destroyed is named by the program's own verb. */
export function consentWord(command: string): string {
  const verb = /\b(FLUSHALL|FLUSHDB|prune|down|rm|delete|drop|truncate|drain|kill|reset)\b/i.exec(
    command,
  )?.[1];
  return (verb ?? 'destroy').toLowerCase();
}

function isRestart(command: string): boolean {
  return /\b(?:restart|rollout restart|reload)\b/.test(command);
}
