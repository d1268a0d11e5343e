import type { MilestoneName } from './model.ts';
import type { IncidentState } from './state.ts';
import { instantsOf, toWallTime } from './time.ts';

export interface IncidentTimer {
  readonly kind: 'response' | 'update' | 'escalation';
  /** `Response`, `Next update`, `L2 Lead Engineer` … */
  readonly label: string;
  readonly dueMs: number;
  readonly isOverdue: boolean;
  /** Within its last sixth, at most five minutes: time to prepare. */
  readonly isSoon: boolean;
}

/** Working hours for "next business day"; days are 0 (Sunday) to 6. */
export interface BusinessHours {
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly startHour: number;
  /** `2026-12-25`. */
  readonly holidays: readonly string[];
}

const defaultHours: Omit<BusinessHours, 'timeZone'> = { days: [1, 2, 3, 4, 5], startHour: 9, holidays: [] };
const maxWarningMs = 5 * 60_000;

/** The moment an incident began, as far as anybody knows. */
export function startOf(incident: IncidentState): number {
  return at(incident, 'impactStart') ?? incident.declaredAtMs;
}

/**
 * What is due and when, soonest first. Derived from the journal against the wall clock, so that no sleep of the
 * machine, reload or second window can lose or double a reminder.
 */
export function timersOf(
  incident: IncidentState,
  nowMs: number,
  hours?: BusinessHours,
): readonly IncidentTimer[] {
  if (['resolved', 'closed', 'cancelled'].includes(incident.status)) return [];
  const timer = (
    kind: IncidentTimer['kind'],
    label: string,
    fromMs: number,
    dueMs: number,
  ): IncidentTimer => ({
    kind,
    label,
    dueMs,
    isOverdue: nowMs >= dueMs,
    isSoon: nowMs < dueMs && dueMs - nowMs <= Math.min(maxWarningMs, (dueMs - fromMs) / 6),
  });
  const severity = incident.policy.severities.find(({ level }) => level === incident.severity);
  const timers: IncidentTimer[] = [];
  if (at(incident, 'acknowledged') === undefined && severity !== undefined) {
    const fromMs = incident.declaredAtMs;
    const dueMs =
      severity.responseMs === undefined
        ? nextBusinessDay(fromMs, hours ?? { ...defaultHours, timeZone: incident.policy.timeZone })
        : fromMs + severity.responseMs;
    timers.push(timer('response', 'Response', fromMs, dueMs));
  }
  if (severity?.updateEveryMs !== undefined) {
    const fromMs = lastMessageMs(incident);
    timers.push(timer('update', 'Next update', fromMs, fromMs + severity.updateEveryMs));
  }
  // What may wait for the next business day is not escalated after half an hour of the night.
  const isUrgent = severity?.responseMs !== undefined;
  const escalations = isUrgent ? escalationTimers(incident, timer) : [];
  return [...timers, ...escalations].sort((a, b) => a.dueMs - b.dueMs);
}

/** Declaring tells the first people; every message sent since starts the clock anew. */
function lastMessageMs(incident: IncidentState): number {
  const sent = incident.messages.filter(({ state }) => state === 'sent').map(({ atMs }) => atMs);
  return Math.max(incident.declaredAtMs, ...sent);
}

type MakeTimer = (kind: IncidentTimer['kind'], label: string, fromMs: number, dueMs: number) => IncidentTimer;

function escalationTimers(incident: IncidentState, timer: MakeTimer): readonly IncidentTimer[] {
  const settled = new Set(
    incident.escalations.filter(({ state }) => state !== 'due').map(({ label }) => label),
  );
  const fromMs = startOf(incident);
  return incident.policy.escalation.flatMap(({ label, who, afterMs }, index) => {
    if (settled.has(label)) return [];
    // The last level "for major incidents" has no time of its own: it is up when a SEV-1 is.
    const isMajor = afterMs === undefined && index > 0 && incident.severity === 1;
    if (afterMs === undefined && !isMajor) return [];
    const dueMs = fromMs + (afterMs ?? 0);
    return [timer('escalation', `${label} ${who}`, fromMs, isMajor ? incident.declaredAtMs : dueMs)];
  });
}

/** Start of work on the next working day after `fromMs`. */
export function nextBusinessDay(fromMs: number, hours: BusinessHours): number {
  const { year, month, day } = toWallTime(fromMs, hours.timeZone);
  for (let offset = 1; offset <= 31; offset++) {
    const date = new Date(Date.UTC(year, month - 1, day + offset));
    const wall = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: hours.startHour,
      minute: 0,
      second: 0,
    };
    const isWorking =
      hours.days.includes(date.getUTCDay()) && !hours.holidays.includes(date.toISOString().slice(0, 10));
    const [startMs] = instantsOf(wall, hours.timeZone);
    if (isWorking && startMs !== undefined) return startMs;
  }
  return fromMs + 86_400_000;
}

function at(incident: IncidentState, name: MilestoneName): number | undefined {
  return incident.milestones.find(milestone => milestone.name === name)?.atMs;
}
