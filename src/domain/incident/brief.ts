import type { JournalEvent } from './events.ts';
import { compareCausally } from './hybridClock.ts';
import type { IncidentStatus } from './model.ts';
import { statusAfter } from './status.ts';

/** Enough of an incident to know where a fact belongs, without replaying ten thousand rows for each one. */
export interface IncidentBrief {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly services: readonly string[];
  readonly declaredAtMs: number;
  /** Of the present end; undefined while it goes on. */
  readonly resolvedAtMs: number | undefined;
}

type BriefEvent = Extract<JournalEvent, { readonly t: 'incident.declared' | 'status.changed' }>;

export function isBriefEvent(event: JournalEvent): event is BriefEvent {
  return event.t === 'incident.declared' || event.t === 'status.changed';
}

export function briefOf(id: string, events: readonly BriefEvent[]): IncidentBrief {
  let brief: IncidentBrief = {
    id,
    status: 'investigating',
    services: [],
    declaredAtMs: 0,
    resolvedAtMs: undefined,
  };
  for (const event of [...events].sort(compareCausally)) {
    const atMs = Date.parse(event.at);
    if (event.t === 'incident.declared') {
      brief = { ...brief, services: event.b.services, declaredAtMs: atMs };
      continue;
    }
    const status = statusAfter(brief.status, event.b.status);
    const resolvedAtMs = status === 'investigating' ? undefined : brief.resolvedAtMs;
    brief = { ...brief, status, resolvedAtMs: status === 'resolved' ? (resolvedAtMs ?? atMs) : resolvedAtMs };
  }
  return brief;
}
