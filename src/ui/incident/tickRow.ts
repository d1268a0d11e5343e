import * as vscode from 'vscode';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { UserError } from '../../base/errors.ts';
import type { Runbook } from '../../domain/runbook/model.ts';

export interface TickParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly runbooks: () => readonly Runbook[];
}

/** A tick belongs to an incident: the runbook's file is never changed. */
export async function tickRow(
  { desk, actions, runbooks }: TickParts,
  rowId: string | undefined,
  isDone?: boolean,
): Promise<void> {
  const incident = desk.current();
  if (!incident) {
    throw new UserError(vscode.l10n.t('Ticks are kept with an incident, and none runs.'), {
      title: vscode.l10n.t('Declare Incident'),
      command: 'watchkeeper.declareIncident',
    });
  }
  const item = runbooks()
    .flatMap(runbook =>
      runbook.checklist.map(candidate => ({ row: `check:${runbook.file}#${candidate.id}`, candidate })),
    )
    .find(({ row }) => row === rowId)?.candidate;
  if (!item) throw new UserError(vscode.l10n.t('Choose a checklist item in the Runbooks view.'));
  const check = { item: item.id, text: item.text };
  const isTicked = incident.ticks[item.id]?.state === 'done';
  if (isDone ?? !isTicked) await actions.tick(incident.id, check);
  else await actions.untick(incident.id, check);
}
