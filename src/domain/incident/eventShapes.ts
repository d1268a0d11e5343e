import type { EventBodies, EventType } from './events.ts';

type FieldKind = 'string' | 'number' | 'boolean' | 'array' | 'object';

type RequiredKeys<B> = { [K in keyof B]-?: undefined extends B[K] ? never : K }[keyof B];
type Shape<B> = { readonly [K in RequiredKeys<B>]: FieldKind };

const step = {
  run: 'string',
  stepId: 'string',
  command: 'string',
  title: 'string',
  isMutating: 'boolean',
  services: 'array',
} as const;
const target = { target: 'string' } as const;
const check = { item: 'string', text: 'string' } as const;
const message = { kind: 'string' } as const;
const escalation = { label: 'string' } as const;
const alert = { alert: 'string', service: 'string', reason: 'string', blocked: 'array' } as const;
const role = { role: 'string', person: 'string' } as const;

/** Fields without which a body cannot be read; the compiler ties the table to the union. */
const shapes: { readonly [T in EventType]: Shape<EventBodies[T]> } = {
  'incident.declared': {
    title: 'string',
    severity: 'number',
    services: 'array',
    isDrill: 'boolean',
    policy: 'object',
  },
  'title.changed': { title: 'string' },
  'severity.changed': { severity: 'number' },
  'status.changed': { status: 'string' },
  'role.assumed': role,
  'role.released': role,
  'milestone.set': { name: 'string' },
  'flag.set': { flag: 'string', isSet: 'boolean' },
  'note.added': { text: 'string' },
  'hypothesis.added': { text: 'string' },
  'hypothesis.judged': { ...target, verdict: 'string' },
  'entry.corrected': { ...target, set: 'object' },
  'entry.retracted': target,
  'entry.restored': target,
  'entry.pinned': target,
  'entry.unpinned': target,
  'entries.merged': { ...target, others: 'array' },
  'alert.firing': alert,
  'alert.resolved': alert,
  'probe.changed': { service: 'string', title: 'string', from: 'string', to: 'string', reason: 'string' },
  'container.event': { container: 'string', action: 'string' },
  'deploy.seen': { what: 'string', text: 'string' },
  'file.saved': { file: 'string' },
  'step.started': step,
  'step.finished': { ...step, startedAt: 'string', tookMs: 'number' },
  'check.ticked': check,
  'check.unticked': check,
  'check.skipped': check,
  'evidence.added': { kind: 'string', label: 'string' },
  'evidence.redacted': { sha256: 'string' },
  'comms.drafted': message,
  'comms.requested': message,
  'comms.sent': message,
  'comms.failed': message,
  'comms.unknown': message,
  'escalation.due': escalation,
  'escalation.done': escalation,
  'escalation.waived': escalation,
  'action.added': { text: 'string' },
  'action.changed': { ...target, set: 'object' },
  'report.generated': { path: 'string', sha256: 'string' },
  'report.moved': { from: 'string', to: 'string' },
  'report.proposal': { key: 'string', human: 'string', proposed: 'string' },
  'writer.opened': { version: 'string' },
  'writer.closed': {},
  'clock.sampled': { skewMs: 'number', against: 'string' },
};

const compiled = new Map(Object.entries(shapes).map(([type, shape]) => [type, Object.entries(shape)]));
const types = new Map(Object.keys(shapes).map(type => [type, type as EventType]));

/**
 * The type of this name, as the one string that all events of the type share: replay compares types millions of
 * times, and equal strings that are not the same string are compared letter by letter.
 */
export function toEventType(name: string): EventType | undefined {
  return types.get(name);
}

/** Whether `body` has what every event of this type carries. */
export function isBodyOf(type: EventType, body: unknown): boolean {
  if (!isRecord(body)) return false;
  for (const [field, kind] of compiled.get(type) ?? []) if (!isKind(body[field], kind)) return false;
  return true;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(value: unknown, kind: FieldKind): boolean {
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'object') return isRecord(value);
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === kind;
}
