import * as vscode from 'vscode';
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
    text: wordsOf(timer),
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
      ? `${wordsOf(next)} in ${formatDuration(left)}`
      : `${wordsOf(next)} overdue by ${formatDuration(-left)}`;
  return { text, isOverdue: next.isOverdue };
}

/** What is to be done, in the words of a to-do. */
function wordsOf({ kind, label }: IncidentTimer): string {
  if (kind === 'response') return vscode.l10n.t('respond');
  if (kind === 'update') return vscode.l10n.t('next update');
  return vscode.l10n.t('escalate to {0}', label);
}
