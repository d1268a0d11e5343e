import * as vscode from 'vscode';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { IncidentPolicy } from '../../domain/incident/model.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { askText } from './rolePrompts.ts';

type Level = IncidentPolicy['escalation'][number];

const rowPrefix = 'escalation:';

export function escalationRowId(incidentId: string, label: string): string {
  return `${rowPrefix}${incidentId}:${label}`;
}

/** The levels that nobody has settled. */
export function openLevels(incident: IncidentState): readonly Level[] {
  const settled = new Set(
    incident.escalations.filter(({ state }) => state !== 'due').map(({ label }) => label),
  );
  return incident.policy.escalation.filter(({ label }) => !settled.has(label));
}

/** The level of a row of the tree, else one that is chosen. */
export async function pickLevel(incident: IncidentState, rowId: string | undefined): Promise<Level> {
  const levels = openLevels(incident);
  const named = levels.find(({ label }) => rowId === escalationRowId(incident.id, label));
  if (named) return named;
  if (levels.length === 0) throw new UserError(vscode.l10n.t('No level of escalation is open.'));
  const picked = await vscode.window.showQuickPick(
    levels.map(level => ({ label: level.label, description: level.who, level })),
    { title: vscode.l10n.t('Which level?'), ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.level;
}

export function askWaiveReason({ label, who }: Level): Promise<string> {
  return askText(
    vscode.l10n.t('Why is {0} not told?', `${label} ${who}`.trim()),
    '',
    vscode.l10n.t('e.g. already in the call'),
  );
}
