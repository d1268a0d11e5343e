import type { Actor, IncidentPolicy, LaneSpan, MilestoneName } from './model.ts';

/**
 * One fact of an incident as it stands in the journal. Lines are never changed: whatever a person corrects is a
 * new event about an old one. Short names because there can be a hundred thousand of them in a file.
 */
export interface Envelope<T extends string, B> {
  readonly v: number;
  /** Writer: one activation of one window; never used again. */
  readonly w: string;
  /** Number within this writer's file of this incident: 1, 2, 3 … without gaps. */
  readonly s: number;
  /** Hybrid logical time: causal order across writers whose wall clocks disagree. */
  readonly h: HybridTime;
  /** When it happened, by the source's own clock if it has one; ISO, UTC. */
  readonly at: string;
  /** When this window learned of it; ISO, UTC. */
  readonly ob: string;
  /** Time zone of the author, e.g. `Europe/Berlin`. */
  readonly tz: string;
  readonly i: string;
  readonly t: T;
  readonly a: Actor;
  readonly src?: EventSource;
  readonly b: B;
}

export type HybridTime = readonly [ms: number, counter: number];

export interface EventSource {
  /** `health`, `engine`, `runbook`, `person` … */
  readonly k: string;
  /** Names the real-world fact, the same in every window that sees it: two events of one key are one entry. */
  readonly key?: string;
  readonly url?: string;
}

export type JournalStatus =
  | 'detected'
  | 'acknowledged'
  | 'investigating'
  | 'identified'
  | 'mitigated'
  | 'monitoring'
  | 'resolved'
  | 'reopened'
  | 'closed'
  | 'cancelled';

export type ServiceState = Exclude<LaneSpan['state'], 'gap'>;

export interface StepFacts {
  /** Names one run; the same in `step.started` and `step.finished`. */
  readonly run: string;
  readonly stepId: string;
  readonly command: string;
  readonly title: string;
  readonly isMutating: boolean;
  readonly services: readonly string[];
  readonly file?: string;
  readonly line?: number;
}

export interface StepResult extends StepFacts {
  readonly startedAt: string;
  readonly tookMs: number;
  /** Absent when the shell did not report one: never to be read as success. */
  readonly exit?: number;
  readonly reason?: string;
  readonly output?: string;
  readonly outputSha?: string;
  readonly healthBefore?: Readonly<Record<string, string>>;
  readonly healthAfter?: Readonly<Record<string, string>>;
}

export interface MessageFacts {
  readonly kind: 'declaration' | 'update' | 'resolution' | 'other';
  readonly channel?: string;
  readonly text?: string;
  readonly reason?: string;
}

interface Target {
  readonly target: string;
  readonly reason?: string;
}

interface Check {
  readonly item: string;
  readonly text: string;
  readonly reason?: string;
  readonly proof?: string;
}

interface Escalation {
  readonly label: string;
  readonly who?: string;
  readonly reason?: string;
}

interface AlertFacts {
  readonly alert: string;
  readonly service: string;
  readonly reason: string;
  readonly blocked: readonly string[];
  /** What people call the service, and those that it blocks; where absent they are called by their ids. */
  readonly title?: string;
  readonly blockedTitles?: readonly string[];
}

/** What each type of event carries. Adding a type or an optional field needs no new version. */
export interface EventBodies {
  'incident.declared': {
    readonly title: string;
    readonly severity: number;
    readonly services: readonly string[];
    readonly isDrill: boolean;
    readonly policy: IncidentPolicy;
  };
  'title.changed': { readonly title: string };
  'severity.changed': { readonly severity: number; readonly reason?: string };
  'status.changed': { readonly status: JournalStatus; readonly reason?: string };
  'role.assumed': { readonly role: string; readonly person: string };
  'role.released': { readonly role: string; readonly person: string };
  /** `time` absent takes the person's word back: the facts propose again. */
  'milestone.set': { readonly name: MilestoneName; readonly time?: string; readonly reason?: string };
  'flag.set': { readonly flag: string; readonly isSet: boolean; readonly reason?: string };
  'note.added': { readonly text: string; readonly service?: string };
  'hypothesis.added': { readonly text: string };
  'hypothesis.judged': Target & { readonly verdict: 'confirmed' | 'refuted' | 'open' };
  'entry.corrected': Target & {
    readonly set: { readonly at?: string; readonly event?: string; readonly action?: string };
  };
  'entry.retracted': Target;
  'entry.restored': Target;
  'entry.pinned': Target;
  'entry.unpinned': Target;
  'entries.merged': Target & { readonly others: readonly string[] };
  'alert.firing': AlertFacts & { readonly firedAt?: string };
  'alert.resolved': AlertFacts;
  'probe.changed': {
    readonly service: string;
    readonly title: string;
    readonly from: ServiceState;
    readonly to: ServiceState;
    readonly reason: string;
  };
  'container.event': {
    readonly container: string;
    readonly action: string;
    readonly service?: string;
    readonly exit?: number;
    readonly health?: string;
  };
  'deploy.seen': { readonly what: 'commit' | 'tag' | 'image'; readonly text: string; readonly ref?: string };
  'file.saved': { readonly file: string; readonly line?: number; readonly diff?: string };
  'step.started': StepFacts;
  'step.finished': StepResult;
  'check.ticked': Check;
  'check.unticked': Check;
  'check.skipped': Check;
  'evidence.added': {
    readonly kind: 'log' | 'evidence';
    readonly label: string;
    readonly excerpt?: string;
    readonly sha256?: string;
    readonly file?: string;
    readonly line?: number;
    readonly url?: string;
    readonly service?: string;
    /** Entry that it proves; absent = an entry of its own. */
    readonly target?: string;
  };
  'evidence.redacted': { readonly sha256: string; readonly newSha256?: string; readonly reason?: string };
  'comms.drafted': MessageFacts;
  'comms.requested': MessageFacts;
  'comms.sent': MessageFacts;
  'comms.failed': MessageFacts;
  'comms.unknown': MessageFacts;
  'escalation.due': Escalation;
  'escalation.done': Escalation;
  'escalation.waived': Escalation;
  'action.added': { readonly text: string; readonly owner?: string; readonly due?: string };
  'action.changed': Target & {
    readonly set: {
      readonly text?: string;
      readonly owner?: string;
      readonly due?: string;
      readonly isDone?: boolean;
    };
  };
  'report.generated': { readonly path: string; readonly sha256: string; readonly baseSha256?: string };
  'report.moved': { readonly from: string; readonly to: string };
  /** Empty texts: there is none. Without `settled` it waits; with it a person has decided. */
  'report.proposal': {
    readonly key: string;
    readonly human: string;
    readonly proposed: string;
    readonly settled?: 'taken' | 'kept';
  };
  'writer.opened': { readonly version: string };
  'writer.closed': { readonly reason?: string };
  'clock.sampled': { readonly skewMs: number; readonly against: string };
}

export type EventType = keyof EventBodies;

/** Written by a newer Watchkeeper, or damaged in its body: kept, counted and shown, never dropped. */
export type UnknownEvent = Envelope<'unknown', { readonly type: string; readonly raw: unknown }>;
export type KnownEvent = { [T in EventType]: Envelope<T, EventBodies[T]> }[EventType];
export type JournalEvent = KnownEvent | UnknownEvent;

/** The part of an event that its author decides; the desk adds writer, number and times. */
export type NewEvent = { [T in EventType]: { readonly t: T; readonly b: EventBodies[T] } }[EventType];

export function eventId(event: Pick<JournalEvent, 'w' | 's'>): string {
  return `${event.w}:${event.s}`;
}
