import type { Incident, MilestoneName } from '../incident/model.ts';

/** The first time of a milestone, or its last: impact starts once, but an incident may be resolved again. */
export function milestoneMs(
  incident: Incident,
  name: MilestoneName,
  which: 'first' | 'last' = 'first',
): number | undefined {
  const times = incident.milestones.filter(item => item.name === name).map(item => item.atMs);
  if (times.length === 0) return undefined;
  return which === 'first' ? Math.min(...times) : Math.max(...times);
}

/** When it began, as far as known: impact, else its detection, else its declaration. */
export function impactStartMs(incident: Incident): number | undefined {
  return (
    milestoneMs(incident, 'impactStart') ??
    milestoneMs(incident, 'detected') ??
    milestoneMs(incident, 'declared')
  );
}

/** When it ended; undefined while it goes on, also after a reopening. */
export function endMs(incident: Incident): number | undefined {
  if (!isOver(incident)) return undefined;
  return milestoneMs(incident, 'resolved', 'last') ?? milestoneMs(incident, 'closed', 'last');
}

export function isOver(incident: Incident): boolean {
  return ['resolved', 'closed', 'cancelled'].includes(incident.status);
}
