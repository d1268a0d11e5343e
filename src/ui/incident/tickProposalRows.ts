import * as vscode from 'vscode';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { UserError } from '../../base/errors.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type TickProposal, tickProposals } from '../../domain/incident/tickProposals.ts';
import type { Runbook } from '../../domain/runbook/model.ts';
import { escapeMarkdown, type Row } from '../row.ts';
import { incidentIdOf } from './rowIncident.ts';

export interface TickProposalParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly runbooks: () => readonly Runbook[];
  readonly redact: (text: string) => string;
  readonly nowMs: () => number;
}

/** What the facts say is done, over the checklists of all runbooks. */
export function proposalsFor(
  { runbooks, nowMs }: Pick<TickProposalParts, 'runbooks' | 'nowMs'>,
  incident: IncidentState,
): readonly TickProposal[] {
  const items = runbooks().flatMap(({ checklist }) => checklist);
  return tickProposals(
    items.filter(({ role }) => role === 'task'),
    incident,
    nowMs(),
  );
}

export function tickGroupRow(incidentId: string, count: number): Row {
  const label = count === 1 ? 'The facts prove 1 checklist item' : `The facts prove ${count} checklist items`;
  return {
    id: `ticks:${incidentId}`,
    label,
    description: 'tick them',
    icon: { id: 'checklist', color: undefined },
    tooltip: 'Take all of them with the button, or one by one below.',
    spoken: label,
    context: 'incident ticks',
    expand: 'collapsed',
  };
}

export function tickProposalRow(incidentId: string, { item, text, why }: TickProposal): Row {
  return {
    id: `tick:${incidentId}:${item}`,
    label: text,
    description: why,
    icon: { id: 'circle-large-outline', color: undefined },
    tooltip: `${escapeMarkdown(text)}  \n${escapeMarkdown(why)}`,
    spoken: `${text}, proved by ${why}`,
    context: 'incident tick',
    expand: 'none',
  };
}

/** One gesture: the row's item, or all that are proved. Each tick names its proof. */
export async function takeTicks(parts: TickProposalParts, rowId: string | undefined): Promise<void> {
  const id = incidentIdOf(rowId);
  const incident = id === undefined ? parts.desk.current() : parts.desk.get(id);
  if (!incident) throw new UserError(vscode.l10n.t('No incident runs.'));
  const all = proposalsFor(parts, incident);
  const one = all.filter(({ item }) => rowId === `tick:${incident.id}:${item}`);
  const taken = rowId?.startsWith('tick:') ? one : all;
  if (taken.length === 0) throw new UserError(vscode.l10n.t('The facts prove no open checklist item.'));
  for (const { item, text, proof } of taken) await parts.actions.tick(incident.id, { item, text }, proof);
}
