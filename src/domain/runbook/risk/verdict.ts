import type { Risk, StepMode } from '../model.ts';

/** What one simple command may do. `reason` names the rule: `docker-compose down`. */
export interface Verdict {
  readonly risk: Risk;
  readonly mode: StepMode;
  readonly reason: string;
}

const RISKS: readonly Risk[] = ['read', 'unknown', 'change', 'destroy'];
const MODES: readonly StepMode[] = ['once', 'tty', 'stream'];

export function higherRisk(a: Risk, b: Risk): Risk {
  return RISKS.indexOf(a) >= RISKS.indexOf(b) ? a : b;
}

export function higherMode(a: StepMode, b: StepMode): StepMode {
  return MODES.indexOf(a) >= MODES.indexOf(b) ? a : b;
}

export function highest(verdicts: readonly Verdict[]): { readonly risk: Risk; readonly mode: StepMode } {
  return verdicts.reduce<{ risk: Risk; mode: StepMode }>(
    (all, one) => ({ risk: higherRisk(all.risk, one.risk), mode: higherMode(all.mode, one.mode) }),
    { risk: 'read', mode: 'once' },
  );
}
