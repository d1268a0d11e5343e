import * as vscode from 'vscode';
import { commanderRole } from '../../app/incident/deskTypes.ts';
import { CancelledError } from '../../base/errors.ts';
import type { IncidentState } from '../../domain/incident/state.ts';

const usualRoles = [commanderRole, 'Operations Lead', 'Communications Lead', 'Scribe'];

/** A role that is held, a usual one, or one that is typed. */
export async function pickRole(incident: IncidentState, title: string): Promise<string> {
  const held = incident.roles.filter(({ untilMs }) => untilMs === undefined);
  const roles = [...new Set([...held.map(({ role }) => role), ...usualRoles])];
  const other = vscode.l10n.t('Another role…');
  const picked = await vscode.window.showQuickPick(
    [
      ...roles.map(role => ({
        label: role,
        description: held.find(holding => holding.role === role)?.person ?? vscode.l10n.t('nobody'),
      })),
      { label: other, description: '' },
    ],
    { title, ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.label === other ? askText(vscode.l10n.t('Role')) : picked.label;
}

export async function askText(title: string, value = '', placeHolder = ''): Promise<string> {
  const text = await vscode.window.showInputBox({
    title,
    value,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: input => (input.trim() === '' ? vscode.l10n.t('Needed') : undefined),
  });
  if (text === undefined) throw new CancelledError();
  return text.trim();
}
