import type { IncidentState } from '../../domain/incident/state.ts';
import { timersOf } from '../../domain/incident/timers.ts';
import { formatDuration } from '../format.ts';
import type { DueRow } from './incidentModel.ts';

/** What comes due, soonest first. */
export function dueRows(incident: IncidentState, nowMs: number): readonly DueRow[] {
  return timersOf(incident, nowMs).map(timer => ({
    id: `due:${incident.id}:${timer.kind}:${timer.label}`,
    text: timer.label,
    dueAtMs: timer.dueMs,
    detail: '',
  }));
}

/** The next one in a few words for the status bar. */
export function nextDue(
  incident: IncidentState | undefined,
  nowMs: number,
): { readonly text: string; readonly isOverdue: boolean } {
  const [next] = incident ? timersOf(incident, nowMs) : [];
  if (!next) return { text: '', isOverdue: false };
  const left = next.dueMs - nowMs;
  const text =
    left >= 0
      ? `${next.label} in ${formatDuration(left)}`
      : `${next.label} overdue by ${formatDuration(-left)}`;
  return { text, isOverdue: next.isOverdue };
}
