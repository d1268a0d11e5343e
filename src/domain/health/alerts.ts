import type { Alert } from './model.ts';

/** What decides about a service's alert at one moment. */
export interface AlertFacts {
  readonly serviceId: string;
  readonly nowMs: number;
  /** Earliest start among the failures of its probes; undefined when none fails. */
  readonly failingSinceMs: number | undefined;
  /** A probe has failed for its whole `for` and often enough. */
  readonly isDown: boolean;
  /** Somebody else is to blame, or maintenance: nothing new is raised. */
  readonly isSilenced: boolean;
  readonly isFlapping: boolean;
  readonly reason: string;
  readonly blockedServices: readonly string[];
}

/** A flapping service that fails again continues its last alert: one outage, one notification. */
const reopenWithinMs = 600_000;

/**
 * The alert after these facts; the same object when nothing about it changed. Silencing keeps an alert from being
 * raised and never from being resolved.
 */
export function nextAlert(before: Alert | undefined, facts: AlertFacts): Alert | undefined {
  const isOpen = before !== undefined && before.status !== 'resolved';
  if (facts.failingSinceMs === undefined) return isOpen ? resolved(before, facts.nowMs) : before;
  if (isOpen && before.status === 'firing') return updated(before, facts);
  if (facts.isSilenced) return isOpen ? resolved(before, facts.nowMs) : before;
  if (!facts.isDown) return isOpen ? before : pending(before, facts);
  const opened = isOpen ? before : pending(before, facts);
  return {
    ...opened,
    status: 'firing',
    firedAtMs: opened.firedAtMs ?? facts.nowMs,
    reason: facts.reason,
    blockedServices: facts.blockedServices,
  };
}

function pending(before: Alert | undefined, facts: AlertFacts): Alert {
  const startedAtMs = facts.failingSinceMs ?? facts.nowMs;
  const isSameOutage =
    before?.firedAtMs !== undefined &&
    facts.isFlapping &&
    facts.nowMs - (before.resolvedAtMs ?? facts.nowMs) < reopenWithinMs;
  if (isSameOutage) return { ...before, status: 'pending', resolvedAtMs: undefined, reason: facts.reason };
  return {
    key: `${facts.serviceId}@${startedAtMs}`,
    serviceId: facts.serviceId,
    status: 'pending',
    startedAtMs,
    firedAtMs: undefined,
    resolvedAtMs: undefined,
    reason: facts.reason,
    blockedServices: facts.blockedServices,
  };
}

function resolved(before: Alert, nowMs: number): Alert {
  return { ...before, status: 'resolved', resolvedAtMs: nowMs };
}

function updated(before: Alert, facts: AlertFacts): Alert {
  const isSame = before.blockedServices.join('\n') === facts.blockedServices.join('\n');
  return isSame ? before : { ...before, blockedServices: facts.blockedServices };
}
