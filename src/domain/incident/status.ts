import type { JournalStatus } from './events.ts';
import type { IncidentStatus } from './model.ts';

export function statusAfter(status: IncidentStatus, change: JournalStatus): IncidentStatus {
  if (change === 'reopened') return 'investigating';
  // Seeing and acknowledging are milestones; they do not take an incident back to its start.
  if (change === 'detected' || change === 'acknowledged') return status;
  return knownStatuses.has(change) ? change : status;
}

const knownStatuses: ReadonlySet<string> = new Set<IncidentStatus>([
  'investigating',
  'identified',
  'mitigated',
  'monitoring',
  'resolved',
  'closed',
  'cancelled',
]);
