import { createHash } from 'node:crypto';
import type {
  Envelope,
  EventBodies,
  EventSource,
  EventType,
  JournalEvent,
} from '../../../src/domain/incident/events.ts';
import type { IncidentPolicy } from '../../../src/domain/incident/model.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const startMs = Date.parse('2026-11-21T10:00:00Z');
export const incidentId = 'inc-20261121-k7qd';

export const policy: IncidentPolicy = {
  severities: [
    { level: 1, label: 'SEV-1', name: 'Critical', responseMs: 300_000, updateEveryMs: 1_800_000 },
    { level: 2, label: 'SEV-2', name: 'High', responseMs: 900_000, updateEveryMs: 1_800_000 },
    { level: 3, label: 'SEV-3', name: 'Medium', responseMs: 3_600_000, updateEveryMs: undefined },
    { level: 4, label: 'SEV-4', name: 'Low', responseMs: undefined, updateEveryMs: undefined },
  ],
  escalation: [
    { label: 'L1', who: 'On-call Engineer', afterMs: undefined },
    { label: 'L2', who: 'Lead Engineer', afterMs: 1_800_000 },
    { label: 'L3', who: 'Engineering Manager', afterMs: 3_600_000 },
    { label: 'L4', who: 'Director', afterMs: undefined },
  ],
  reviewTemplate: undefined,
  reviewPath: undefined,
  templateSource: undefined,
  timeZone: 'UTC',
};

interface MadeOptions {
  readonly at?: number;
  readonly ob?: number;
  readonly w?: string;
  readonly source?: EventSource;
  readonly actor?: string;
}

/** Makes events of one incident; times are seconds after 10:00:00 UTC, numbers count up per writer. */
export class EventMaker {
  readonly events: JournalEvent[] = [];
  private readonly counts = new Map<string, number>();

  /** Returns the event's id. */
  add<T extends EventType>(t: T, b: EventBodies[T], atSeconds: number, options: MadeOptions = {}): string {
    const w = options.w ?? 'W1';
    const s = (this.counts.get(w) ?? 0) + 1;
    this.counts.set(w, s);
    const ms = startMs + atSeconds * 1000;
    const event: Envelope<T, EventBodies[T]> = {
      v: 1,
      w,
      s,
      h: [options.ob === undefined ? ms : startMs + options.ob * 1000, 0],
      at: new Date(ms).toISOString(),
      ob: new Date(options.ob === undefined ? ms : startMs + options.ob * 1000).toISOString(),
      tz: 'UTC',
      i: incidentId,
      t,
      a: { id: options.actor ?? 'kim', name: options.actor ?? 'Kim' },
      ...(options.source === undefined ? {} : { src: options.source }),
      b,
    };
    this.events.push(event as unknown as JournalEvent);
    return `${w}:${s}`;
  }

  declare(atSeconds = 0, severity = 1): string {
    return this.add(
      'incident.declared',
      { title: 'TestGen is down', severity, services: ['redis'], isDrill: false, policy },
      atSeconds,
    );
  }
}
