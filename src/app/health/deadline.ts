import type { Clock } from '../../base/clock.ts';
import { errorText } from '../../base/errors.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';

/** How long a probe may take after its deadline to say how far it came; then it is left behind. */
export const graceMs = 100;

/**
 * One check that settles by `timeoutMs` + `graceMs` whatever the probe does, name resolution and silent peers
 * included. Never rejects. What comes after the deadline is never good.
 */
export function withDeadline(probe: Probe, target: ProbeTarget, clock: Clock): Promise<ProbeOutcome> {
  const startMs = clock.monotonicMs();
  const atMs = clock.nowMs();
  const control = new AbortController();
  return new Promise(resolve => {
    let isLate = false;
    const finish = (outcome: ProbeOutcome) => {
      deadline.dispose();
      grace?.dispose();
      resolve({ ...outcome, atMs });
    };
    let grace: { dispose(): void } | undefined;
    const deadline = clock.after(target.timeoutMs, () => {
      isLate = true;
      grace = clock.after(graceMs, () => finish(timedOut(target, atMs, clock.monotonicMs() - startMs)));
      control.abort();
    });
    probe.check(target, control.signal).then(
      outcome => finish(isLate ? neverGood(outcome, target, clock.monotonicMs() - startMs) : outcome),
      error => finish(isLate ? timedOut(target, atMs, clock.monotonicMs() - startMs) : crashed(error, atMs)),
    );
  });
}

export function secondsText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}

function timedOut(target: ProbeTarget, atMs: number, tookMs: number): ProbeOutcome {
  const wanted = `an answer within ${secondsText(target.timeoutMs)}`;
  return { verdict: 'down', seen: `no answer within ${secondsText(target.timeoutMs)}`, wanted, atMs, tookMs };
}

function neverGood(outcome: ProbeOutcome, target: ProbeTarget, tookMs: number): ProbeOutcome {
  if (outcome.verdict === 'down' || outcome.verdict === 'unknown') return outcome;
  return { ...timedOut(target, outcome.atMs, tookMs), ...(outcome.facts ? { facts: outcome.facts } : {}) };
}

function crashed(error: unknown, atMs: number): ProbeOutcome {
  const seen = `could not be checked: ${errorText(error)}`;
  return { verdict: 'unknown', seen, wanted: undefined, atMs, tookMs: 0 };
}
