import type { EventType, JournalEvent, KnownEvent } from './events.ts';
import { machineActorId } from './ids.ts';
import type { EntryKind, ProofLink, Relevance } from './model.ts';

/** How one event reads as a timeline row before anything is folded into it. */
export interface Description {
  readonly kind: EntryKind;
  readonly event: string;
  readonly action?: string | undefined;
  readonly detail?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly relevance: Relevance;
  readonly excerpt?: string | undefined;
  readonly sha256?: string | undefined;
  readonly link?: ProofLink | undefined;
}

type Of<T extends EventType> = Extract<KnownEvent, { readonly t: T }>['b'];
type Describers = { readonly [T in EventType]?: (body: Of<T>) => Description };

const describers: Describers = {
  'incident.declared': b => incident(`Incident declared: ${b.title} (SEV-${b.severity})`, 'key'),
  'title.changed': b => incident(`Title changed to “${b.title}”`, 'normal'),
  'severity.changed': b => incident(`Severity changed to SEV-${b.severity}`, 'key', b.reason),
  'status.changed': b => incident(`Status: ${b.status}`, 'key', b.reason),
  'role.assumed': b => incident(`${b.person} took over as ${b.role}`, 'key'),
  'role.released': b => incident(`${b.person} is no longer ${b.role}`, 'key'),
  'milestone.set': b =>
    incident(b.time ? `${b.name} set to ${b.time}` : `${b.name} left to the facts`, 'normal', b.reason),
  'flag.set': b => incident(`${b.flag}: ${b.isSet ? 'yes' : 'no'}`, 'key', b.reason),
  'note.added': describeNote,
  'hypothesis.added': b => ({ kind: 'hypothesis', event: b.text, relevance: 'key' }),
  'hypothesis.judged': b => ({
    kind: 'hypothesis',
    event: `Hypothesis ${b.verdict}`,
    detail: b.reason,
    relevance: 'normal',
  }),
  'alert.firing': b => ({
    kind: 'alert',
    event: `Alert: ${b.title ?? b.service} is down${because(b.reason)}`,
    detail: b.blocked.length > 0 ? `Blocks ${(b.blockedTitles ?? b.blocked).join(', ')}` : undefined,
    serviceId: b.service,
    relevance: 'key',
    excerpt: b.reason,
  }),
  'alert.resolved': b => ({
    kind: 'alert',
    event: `Alert resolved: ${b.title ?? b.service}`,
    serviceId: b.service,
    relevance: 'key',
    excerpt: b.reason,
  }),
  'probe.changed': b => ({
    kind: 'health',
    event: b.from === b.to ? `${b.title} is ${b.to}` : `${b.title} went ${b.to}${because(b.reason)}`,
    serviceId: b.service,
    relevance: b.from === b.to || b.to === 'pending' ? 'raw' : b.to === 'down' ? 'key' : 'normal',
    excerpt: `${b.from} → ${b.to}${because(b.reason)}`,
  }),
  'container.event': describeContainer,
  'deploy.seen': b => ({ kind: 'deploy', event: `${deployed[b.what]}: ${b.text}`, relevance: 'normal' }),
  'file.saved': b => ({
    kind: 'file',
    event: `${b.file} saved`,
    relevance: 'normal',
    excerpt: b.diff,
    link: { kind: 'file', file: b.file, line: b.line ?? 1 },
  }),
  'step.started': b => ({
    kind: 'step',
    event: b.title || 'Step started',
    action: `${b.command} (running)`,
    serviceId: b.services[0],
    relevance: b.isMutating ? 'key' : 'raw',
    link: stepLink(b),
  }),
  'step.finished': describeStep,
  'check.ticked': b => ({ kind: 'check', event: `Done: ${b.text}`, detail: b.reason, relevance: 'normal' }),
  'check.unticked': b => ({
    kind: 'check',
    event: `Not done: ${b.text}`,
    detail: b.reason,
    relevance: 'raw',
  }),
  'check.skipped': b => ({
    kind: 'check',
    event: `Skipped: ${b.text}`,
    detail: b.reason,
    relevance: 'normal',
  }),
  'evidence.added': describeEvidence,
  'evidence.redacted': b => ({
    kind: 'evidence',
    event: 'Evidence removed',
    detail: b.reason,
    relevance: 'raw',
  }),
  'comms.drafted': b => message(`Drafted: ${b.kind}`, b, 'raw'),
  'comms.requested': b => message(`Being sent: ${b.kind}`, b, 'raw'),
  'comms.sent': b => message(`Sent: ${b.kind}${b.channel ? ` to ${b.channel}` : ''}`, b, 'key'),
  'comms.failed': b => message(`Not sent: ${b.kind}`, b, 'normal'),
  'comms.unknown': b => message(`Perhaps sent: ${b.kind}`, b, 'normal'),
  'escalation.due': b =>
    incident(`Escalation due: ${b.label}${b.who ? ` ${b.who}` : ''}`, 'normal', b.reason),
  'escalation.done': b => incident(`Escalated to ${b.label}${b.who ? ` ${b.who}` : ''}`, 'key', b.reason),
  'escalation.waived': b => incident(`Escalation to ${b.label} waived`, 'key', b.reason),
  'action.added': b => ({ kind: 'action', event: `Action item: ${b.text}`, relevance: 'normal' }),
  'report.generated': b => ({ kind: 'report', event: `Review written: ${b.path}`, relevance: 'raw' }),
  'report.moved': b => ({ kind: 'report', event: `Review moved to ${b.to}`, relevance: 'raw' }),
};

const deployed = { commit: 'Commit', tag: 'Tag', image: 'Container created' } as const;

/** The row an event stands for; undefined for events that only change other rows or serve the machinery. */
export function describe(event: JournalEvent): Description | undefined {
  if (event.t === 'unknown')
    return {
      kind: 'unknown',
      event: `Unknown event “${event.b.type}”`,
      relevance: 'raw',
      excerpt: JSON.stringify(event.b.raw),
    };
  // The table is typed per key; only the lookup by a union loses the tie between key and body.
  const describer = describers[event.t] as ((body: KnownEvent['b']) => Description) | undefined;
  const described = describer?.(event.b);
  // A log that was saved by itself is at hand, but nobody has said that it matters.
  if (described !== undefined && event.t === 'evidence.added' && event.a.id === machineActorId)
    return { ...described, relevance: 'normal' };
  return described;
}

/** `TODO:`, `H:` and `?` at the start of a note say what it is. */
export function parseNote(text: string): { readonly kind: EntryKind; readonly text: string } {
  const [, prefix = '', rest = ''] = /^\s*(TODO:|H:|\?)\s*(.*)$/s.exec(text) ?? [];
  if (prefix === 'TODO:') return { kind: 'action', text: rest };
  if (prefix === 'H:') return { kind: 'hypothesis', text: rest };
  if (prefix === '?') return { kind: 'question', text: rest };
  return { kind: 'note', text };
}

function describeNote(b: Of<'note.added'>): Description {
  const { kind, text } = parseNote(b.text);
  return {
    kind,
    event: kind === 'action' ? `Action item: ${text}` : text,
    serviceId: b.service,
    // What somebody found worth writing down is worth reading.
    relevance: 'key',
  };
}

function describeContainer(b: Of<'container.event'>): Description {
  const isTelling = ['die', 'oom', 'start'].includes(b.action) && b.service !== undefined;
  const exit = b.exit === undefined ? '' : ` with exit code ${b.exit}`;
  const health = b.health === undefined ? '' : `: ${b.health}`;
  const verb = b.action === 'die' && b.exit === 0 ? 'ended' : (containerVerbs[b.action] ?? b.action);
  return {
    kind: 'container',
    event: `Container ${b.container} ${verb}${exit}${health}`,
    serviceId: b.service,
    relevance: isTelling ? 'key' : b.service === undefined ? 'raw' : 'normal',
  };
}

const containerVerbs: Readonly<Record<string, string>> = {
  die: 'died',
  oom: 'ran out of memory',
  start: 'started',
  stop: 'stopped',
  kill: 'was sent a signal',
  restart: 'restarted',
  pause: 'was paused',
  unpause: 'went on',
  create: 'was created',
  destroy: 'was removed',
  rename: 'was renamed',
  health_status: 'health',
};

function describeStep(b: Of<'step.finished'>): Description {
  const outcome = b.exit === undefined ? `exit unknown${because(b.reason ?? '')}` : `exit ${b.exit}`;
  const health = Object.entries(b.healthAfter ?? {})
    .map(([service, after]) => `${service}: ${b.healthBefore?.[service] ?? 'unknown'} → ${after}`)
    .join(', ');
  return {
    kind: 'step',
    event: b.title || 'Step run',
    action: `${b.command} (${outcome})`,
    detail: health || undefined,
    serviceId: b.services[0],
    relevance: b.isMutating ? 'key' : 'raw',
    excerpt: b.output,
    sha256: b.outputSha,
    link: stepLink(b),
  };
}

function stepLink(b: { readonly file?: string; readonly line?: number }): ProofLink | undefined {
  return b.file === undefined ? undefined : { kind: 'file', file: b.file, line: b.line ?? 1 };
}

function describeEvidence(b: Of<'evidence.added'>): Description {
  const link: ProofLink | undefined =
    b.url !== undefined
      ? { kind: 'web', url: b.url }
      : b.file !== undefined
        ? { kind: 'file', file: b.file, line: b.line ?? 1 }
        : b.sha256 !== undefined
          ? { kind: 'blob', sha256: b.sha256 }
          : undefined;
  return {
    kind: b.kind,
    event: b.label,
    serviceId: b.service,
    relevance: b.kind === 'log' ? 'key' : 'normal',
    excerpt: b.excerpt,
    sha256: b.sha256,
    link,
  };
}

function incident(event: string, relevance: Relevance, detail?: string): Description {
  return { kind: 'incident', event, relevance, detail };
}

function message(event: string, b: Of<'comms.sent'>, relevance: Relevance): Description {
  return { kind: 'message', event, detail: b.reason, relevance, excerpt: b.text };
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
