import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentStatus } from '../../domain/incident/model.ts';
import type { IncidentState } from '../../domain/incident/state.ts';

const over: ReadonlySet<IncidentStatus> = new Set(['resolved', 'closed', 'cancelled']);

export function isOver({ status }: Pick<IncidentState, 'status'>): boolean {
  return over.has(status);
}

/** Going on after the end is a reopening: the end that was not one must not stand as a milestone. */
export async function changeStatus(
  actions: Pick<IncidentActions, 'reopen' | 'changeStatus'>,
  incident: Pick<IncidentState, 'id' | 'status'>,
  status: IncidentStatus,
): Promise<void> {
  const reopens = isOver(incident) && !over.has(status);
  if (reopens) await actions.reopen(incident.id);
  if (!reopens || status !== 'investigating') await actions.changeStatus(incident.id, status);
}
