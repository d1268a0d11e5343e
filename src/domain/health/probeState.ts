import type { HealthState, ProbeOutcome } from './model.ts';

/** What is remembered of one probe between checks; plain data, so that it survives a reload of the window. */
export interface ProbeState {
  /** Shown state without `blocked` (the service's matter) and `stale` (time's matter). */
  readonly state: Exclude<HealthState, 'blocked' | 'stale'>;
  readonly sinceMs: number;
  /** Down for sure: set at the threshold, cleared by enough successes. Unknown outcomes leave it alone. */
  readonly isDown: boolean;
  readonly failures: number;
  readonly successes: number;
  readonly failingSinceMs: number | undefined;
  /** Time spent failing without a break by the monotonic clock, so that jumps of the wall clock do not count. */
  readonly failedForMs: number;
  readonly recoveredAtMs: number | undefined;
  /** When it went from good to bad or back, newest last, within the flapping window. */
  readonly turnsMs: readonly number[];
  readonly last: ProbeOutcome | undefined;
  readonly lastFailure: ProbeOutcome | undefined;
}

export const minFailures = 2;
export const successesToBeUp = 2;
export const flapping = { turns: 4, windowMs: 600_000 } as const;

export function newProbeState(atMs: number): ProbeState {
  return {
    state: 'unknown',
    sinceMs: atMs,
    isDown: false,
    failures: 0,
    successes: 0,
    failingSinceMs: undefined,
    failedForMs: 0,
    recoveredAtMs: undefined,
    turnsMs: [],
    last: undefined,
    lastFailure: undefined,
  };
}

/**
 * The state after one more check. `elapsedMs`: monotonic time since the check before (0 when there was none, or when
 * nothing is known about the time between).
 */
export function applyOutcome(
  before: ProbeState,
  outcome: ProbeOutcome,
  elapsedMs: number,
  forMs: number,
): ProbeState {
  if (outcome.verdict === 'unknown')
    return settle(before, { ...before, successes: 0, last: outcome }, outcome);
  const after =
    outcome.verdict === 'down'
      ? afterFailure(before, outcome, elapsedMs, forMs)
      : afterSuccess(before, outcome);
  return settle(before, withTurn(before, after, outcome.atMs), outcome);
}

function afterFailure(
  before: ProbeState,
  outcome: ProbeOutcome,
  elapsedMs: number,
  forMs: number,
): ProbeState {
  const failures = before.failures + 1;
  const wasFailing = before.failures > 0 && before.last?.verdict === 'down';
  const failedForMs = before.failedForMs + (wasFailing ? elapsedMs : 0);
  return {
    ...before,
    failures,
    successes: 0,
    failedForMs,
    failingSinceMs: before.failingSinceMs ?? outcome.atMs,
    isDown: before.isDown || (failures >= minFailures && failedForMs >= forMs),
    last: outcome,
    lastFailure: outcome,
  };
}

function afterSuccess(before: ProbeState, outcome: ProbeOutcome): ProbeState {
  const successes = before.successes + 1;
  const isStillDown = before.isDown && successes < successesToBeUp;
  if (isStillDown) return { ...before, successes, last: outcome };
  const hasRecovered = before.failures > 0;
  return {
    ...before,
    failures: 0,
    successes,
    failedForMs: 0,
    failingSinceMs: undefined,
    isDown: false,
    recoveredAtMs: hasRecovered ? outcome.atMs : before.recoveredAtMs,
    last: outcome,
  };
}

function withTurn(before: ProbeState, after: ProbeState, atMs: number): ProbeState {
  const isTurn = before.last !== undefined && (before.failures === 0) !== (after.failures === 0);
  const turnsMs = after.turnsMs.filter(turnMs => atMs - turnMs < flapping.windowMs);
  return { ...after, turnsMs: isTurn ? [...turnsMs, atMs].slice(-20) : turnsMs };
}

function settle(before: ProbeState, after: ProbeState, outcome: ProbeOutcome): ProbeState {
  const state = shownState(after, outcome);
  return {
    ...after,
    state,
    sinceMs: state === before.state ? before.sinceMs : sinceOf(after, state, outcome),
  };
}

function sinceOf(after: ProbeState, state: HealthState, outcome: ProbeOutcome): number {
  const isFailing = state === 'down' || state === 'pending';
  return isFailing ? (after.failingSinceMs ?? outcome.atMs) : outcome.atMs;
}

function shownState(after: ProbeState, outcome: ProbeOutcome): ProbeState['state'] {
  if (outcome.verdict === 'unknown') return 'unknown';
  if (after.isDown) return 'down';
  if (after.failures > 0) return 'pending';
  return outcome.verdict === 'degraded' ? 'degraded' : 'up';
}

/**
 * After a time of which nothing is known (sleep, pause, another window's lease): what was down stays so, but a
 * failure that had only begun starts its clock anew.
 */
export function forgetPending(state: ProbeState): ProbeState {
  if (state.isDown) return { ...state, successes: 0 };
  return { ...state, failures: 0, successes: 0, failedForMs: 0, failingSinceMs: undefined };
}

export function isFlapping(state: ProbeState, nowMs: number): boolean {
  return state.turnsMs.filter(turnMs => nowMs - turnMs < flapping.windowMs).length >= flapping.turns;
}
