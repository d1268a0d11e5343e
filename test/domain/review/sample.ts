import type { Entry, Incident, Lane } from '../../../src/domain/incident/model.ts';

export const startMs = Date.parse('2026-11-21T10:00:00Z');

export function at(minutes: number): number {
  return startMs + minutes * 60_000;
}

export function entry(id: string, minutes: number, given: Partial<Entry> = {}): Entry {
  return {
    id,
    kind: 'health',
    atMs: at(minutes),
    observedAtMs: at(minutes),
    event: `event ${id}`,
    action: undefined,
    detail: undefined,
    serviceId: undefined,
    actor: undefined,
    relevance: 'key',
    isPinned: false,
    isRetracted: false,
    isEdited: false,
    proofs: [],
    ...given,
  };
}

export function step(id: string, minutes: number, command: string, exitCode: number | undefined = 0): Entry {
  return entry(id, minutes, {
    kind: 'step',
    event: 'Step ran',
    action: `${command}, exit ${exitCode ?? 'unknown'}`,
    step: { command, exitCode, isChange: true },
  });
}

const postgresLane: Lane = {
  serviceId: 'postgres',
  title: 'postgres',
  spans: [
    { fromMs: at(-15), untilMs: at(0), state: 'up' },
    { fromMs: at(0), untilMs: at(1), state: 'pending' },
    { fromMs: at(1), untilMs: at(10), state: 'down' },
    { fromMs: at(10), untilMs: undefined, state: 'up' },
  ],
};

/** A resolved incident of 42 minutes in which one restart brought the database back. */
export function sampleIncident(given: Partial<Incident> = {}): Incident {
  const milestone = (name: Incident['milestones'][number]['name'], minutes: number) =>
    ({ name, atMs: at(minutes), eventId: `w:${name}`, by: 'fact' }) as const;
  return {
    id: 'inc-20261121-k7qd',
    title: 'PostgreSQL down',
    severity: 1,
    initialSeverity: 2,
    highestSeverity: 1,
    status: 'resolved',
    isDrill: false,
    services: ['postgres'],
    roles: [
      { role: 'Incident Commander', person: 'Sam', fromMs: at(3), untilMs: at(20) },
      { role: 'Incident Commander', person: 'Kim', fromMs: at(20), untilMs: undefined },
      { role: 'Scribe', person: 'Lee', fromMs: at(3), untilMs: undefined },
    ],
    milestones: [
      milestone('impactStart', 0),
      milestone('detected', 1),
      milestone('declared', 3),
      milestone('resolved', 42),
    ],
    entries: [
      entry('w:1', 1, { kind: 'alert', event: 'PostgresDown fired' }),
      entry('w:2', 2, { relevance: 'raw', event: 'probe failed again' }),
      entry('w:3', 3, { kind: 'incident', event: 'Declared SEV-2' }),
      step('w:4', 9, 'docker-compose restart postgres'),
      entry('w:5', 10, { event: 'postgres went up' }),
      entry('w:6', 12, { kind: 'note', relevance: 'normal', event: 'disk | was full\nsee df' }),
      entry('w:7', 13, { event: 'taken back', isRetracted: true }),
      step('w:8', 30, 'docker system prune -f'),
    ],
    lanes: [postgresLane],
    actionItems: [
      { id: 'w:9', text: 'Alert on disk use', owner: 'Kim', due: '2026-11-28', isDone: false },
      { id: 'w:10', text: 'Rotate logs', owner: undefined, due: undefined, isDone: true },
    ],
    ticks: {},
    policy: {
      severities: [],
      escalation: [],
      reviewTemplate: undefined,
      reviewPath: undefined,
      templateSource: undefined,
      timeZone: 'UTC',
    },
    journalProblems: [],
    ...given,
  };
}
