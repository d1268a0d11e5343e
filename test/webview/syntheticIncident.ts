import type { Entry, EntryKind, Incident, Lane, LaneSpan, Proof } from '../../src/domain/incident/model.ts';

export const startMs = Date.UTC(2026, 10, 21, 9, 57, 40);
const at = (clock: string) => Date.parse(`2026-11-21T${clock}Z`);

function proof(eventId: string, label: string, more: Partial<Proof> = {}): Proof {
  return { eventId, label, excerpt: undefined, sha256: undefined, link: undefined, ...more };
}

export function toEntry(seq: number, kind: EntryKind, clock: string | number, event: string): Entry {
  const atMs = typeof clock === 'number' ? clock : at(clock);
  return {
    id: `w1:${seq}`,
    kind,
    atMs,
    observedAtMs: atMs,
    event,
    action: undefined,
    detail: undefined,
    serviceId: undefined,
    actor: undefined,
    relevance: 'key',
    isPinned: false,
    isRetracted: false,
    isEdited: false,
    proofs: [],
  };
}

const person = { id: 'p1', name: 'on-call' };
const runbook = (line: number) => ({ kind: 'file', file: 'docs/runbooks/service-down.md', line }) as const;

const keyEntries: readonly Entry[] = [
  {
    ...toEntry(1, 'container', '10:01:07', 'testgen-postgres died, exit 137: killed, out of memory'),
    serviceId: 'postgres',
    observedAtMs: at('10:01:09'),
    detail: 'postgres went down, testgen blocked',
    proofs: [
      proof('w1:1', 'docker event', {
        excerpt: 'die container testgen-postgres exitCode=137\noom container testgen-postgres',
        sha256: '3f2a91c07d',
        link: { kind: 'blob', sha256: '3f2a91c07d' },
      }),
      proof('w1:2', 'probe of postgres', { excerpt: 'connection refused 127.0.0.1:5432 after 1 ms' }),
    ],
  },
  {
    ...toEntry(4, 'alert', '10:02:07', 'TestGenServiceDown firing: unreachable for more than 1 minute'),
    serviceId: 'testgen',
    proofs: [proof('w1:4', 'alert rule', { link: runbook(9) })],
  },
  { ...toEntry(5, 'incident', '10:02:31', 'Declared SEV-2'), actor: person },
  {
    ...toEntry(6, 'step', '10:03:40', 'docker logs testgen-postgres --tail 20 exit 0, 0.2 s'),
    step: { command: 'docker logs testgen-postgres --tail 20', exitCode: 0, isChange: false },
    actor: person,
    isPinned: true,
    proofs: [
      proof('w1:6', 'output', {
        excerpt: 'FATAL:  could not map anonymous shared memory: Cannot allocate memory',
        link: runbook(121),
      }),
    ],
  },
  {
    ...toEntry(7, 'step', '10:04:05', 'docker-compose restart postgres exit 1, 6 s'),
    action: 'still down after 30 s',
    serviceId: 'postgres',
    step: { command: 'docker-compose restart postgres', exitCode: 1, isChange: true },
    proofs: [proof('w1:7', 'runbook', { link: runbook(128) })],
  },
  {
    ...toEntry(8, 'hypothesis', '10:04:58', "H: memory limit lowered in last night's compose change"),
    actor: person,
    isEdited: true,
    proofs: [proof('w1:8', 'commit', { link: { kind: 'web', url: 'https://git.example/3f2a91c' } })],
  },
  {
    ...toEntry(9, 'action', '10:05:20', 'TODO: alert on container memory above 80 %'),
    actor: person,
    relevance: 'normal',
  },
];

function lane(serviceId: string, spans: readonly (readonly [string, LaneSpan['state']])[]): Lane {
  return {
    serviceId,
    title: serviceId,
    spans: spans.map(([clock, state], index) => {
      const next = spans[index + 1];
      return { fromMs: at(clock), untilMs: next && at(next[0]), state };
    }),
  };
}

const lanes: readonly Lane[] = [
  lane('testgen', [
    ['09:57:40', 'up'],
    ['10:01:07', 'pending'],
    ['10:01:37', 'blocked'],
  ]),
  lane('postgres', [
    ['09:57:40', 'up'],
    ['10:01:07', 'pending'],
    ['10:01:37', 'down'],
  ]),
  lane('redis', [['09:57:40', 'up']]),
  lane('openai', [
    ['09:57:40', 'up'],
    ['09:59:40', 'gap'],
    ['10:00:40', 'degraded'],
  ]),
];

const noiseKinds: readonly EntryKind[] = ['health', 'log', 'container', 'note', 'check', 'file'];

/** An incident of five minutes with `count` entries: seven that tell the story and as much noise as is wanted. */
export function syntheticIncident(count = 7): Incident {
  const noise = Array.from({ length: Math.max(0, count - keyEntries.length) }, (none, index) => {
    void none;
    const kind = noiseKinds[index % noiseKinds.length] ?? 'log';
    const entry = toEntry(
      100 + index,
      kind,
      startMs + Math.floor((index * 470_000) / count),
      `${kind} number ${index}: GET /health answered 503 after ${index % 400} ms`,
    );
    return { ...entry, relevance: index % 3 === 0 ? 'normal' : 'raw', serviceId: 'testgen' } as const;
  });
  return {
    id: 'inc-20261121-k7qd',
    title: 'Postgres out of memory',
    severity: 2,
    initialSeverity: 2,
    highestSeverity: 2,
    status: 'investigating',
    history: [
      { atMs: at('10:02:31'), title: 'Databases refuse', severity: 3, status: 'investigating' },
      { atMs: at('10:04:05'), title: 'Postgres out of memory', severity: 2, status: 'investigating' },
    ],
    isDrill: false,
    services: ['postgres'],
    roles: [{ role: 'Incident Commander', person: 'you', fromMs: at('10:02:31'), untilMs: undefined }],
    milestones: [
      { name: 'impactStart', atMs: at('10:01:07'), eventId: 'w1:1', by: 'fact' },
      { name: 'detected', atMs: at('10:02:07'), eventId: 'w1:4', by: 'fact' },
      { name: 'acknowledged', atMs: at('10:02:31'), eventId: 'w1:5', by: 'person' },
    ],
    entries: [...keyEntries, ...noise].sort((a, b) => a.atMs - b.atMs),
    lanes,
    actionItems: [],
    ticks: {},
    policy: {
      severities: [1, 2, 3, 4].map(level => ({
        level,
        label: `SEV-${level}`,
        name: '',
        responseMs: undefined,
        updateEveryMs: undefined,
      })),
      escalation: [],
      reviewTemplate: undefined,
      reviewPath: undefined,
      templateSource: undefined,
      timeZone: 'UTC',
    },
    journalProblems: [],
  };
}

export const nowMs = at('10:05:40');
