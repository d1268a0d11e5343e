import type { JournalEvent } from './events.ts';
import type { IncidentMoment } from './model.ts';
import { statusAfter } from './status.ts';

/** What the incident was called, how severe it was and how it stood, after each word on it; in causal order. */
export function momentsOf(
  events: readonly JournalEvent[],
  start: IncidentMoment,
): readonly [IncidentMoment, ...IncidentMoment[]] {
  const moments: [IncidentMoment, ...IncidentMoment[]] = [start];
  let now = start;
  for (const event of events) {
    if (event.t === 'title.changed') now = { ...now, title: event.b.title };
    else if (event.t === 'severity.changed') now = { ...now, severity: event.b.severity };
    else if (event.t === 'status.changed') now = { ...now, status: statusAfter(now.status, event.b.status) };
    else continue;
    now = { ...now, atMs: Date.parse(event.at) };
    moments.push(now);
  }
  return moments;
}
