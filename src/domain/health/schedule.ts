import type { ProbeState } from './probeState.ts';

/** A stable number in [0, 1) for a text (FNV-1a), to spread probes over their interval. */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV's high bits hardly differ between texts that differ in their last letter only.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) / 2 ** 32;
}

/** The first time after `nowMs` on the grid `phase + n × interval`. */
export function nextSlot(nowMs: number, intervalMs: number, phaseMs: number): number {
  return nowMs + intervalMs - modulo(nowMs - phaseMs, intervalMs);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** How soon to look again while the matter is open: pending, or one good answer after being down. */
export function recheckMs(intervalMs: number): number {
  return Math.min(intervalMs, Math.max(2_000, intervalMs / 6));
}

/** Open matters are looked at more often: a failure not yet certain, a recovery under way or one minute old. */
export function wantsRecheck(state: ProbeState, nowMs: number): boolean {
  if (state.isDown) return state.successes > 0;
  if (state.failures > 0) return true;
  const sinceRecoveryMs = nowMs - (state.recoveredAtMs ?? Number.NEGATIVE_INFINITY);
  return sinceRecoveryMs >= 0 && sinceRecoveryMs < 60_000;
}

/** A shown state is stale when nothing was heard for two intervals and a timeout. */
export function staleAfterMs(intervalMs: number, timeoutMs: number): number {
  return 2 * intervalMs + timeoutMs;
}
