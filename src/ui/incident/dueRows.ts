import type { IncidentState } from '../../domain/incident/state.ts';
import { type IncidentTimer, timersOf } from '../../domain/incident/timers.ts';
import { formatDuration } from '../format.ts';
import { escalationRowId } from './escalations.ts';
import type { DueRow } from './incidentModel.ts';

/** What comes due, soonest first. */
export function dueRows(incident: IncidentState, nowMs: number): readonly DueRow[] {
  return timersOf(incident, nowMs).map(timer => ({
    id: rowId(incident, timer),
    kind: timer.kind,
    text: timer.label,
    dueAtMs: timer.dueMs,
    detail: '',
  }));
}

/** The row of an escalation names its level, so that it can be settled from there. */
function rowId({ id, policy }: IncidentState, { kind, label }: IncidentTimer): string {
  const level = policy.escalation.find(one => `${one.label} ${one.who}` === label);
  return kind === 'escalation' && level ? escalationRowId(id, level.label) : `due:${id}:${kind}:${label}`;
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
