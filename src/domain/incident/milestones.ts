import { eventId, type JournalEvent, type JournalStatus } from './events.ts';
import { downtimeMs } from './lanes.ts';
import type { Lane, Milestone, MilestoneName } from './model.ts';
import type { IncidentMetrics, MilestoneConflict } from './state.ts';

const order: readonly MilestoneName[] = [
  'impactStart',
  'detected',
  'declared',
  'acknowledged',
  'identified',
  'mitigated',
  'resolved',
  'closed',
];

/**
 * When what happened, in the order of the names. Facts propose; a person's word stands until taken back. What no
 * fact and no person tells is absent.
 */
export function milestonesOf(events: readonly JournalEvent[]): readonly Milestone[] {
  const found = new Map<MilestoneName, Milestone>();
  const declared = events.find(event => event.t === 'incident.declared');
  const declaredMs = declared === undefined ? undefined : Date.parse(declared.at);
  if (declared) found.set('declared', fact('declared', declared));
  const outage = firstOutage(events, declaredMs);
  if (outage) found.set('impactStart', fact('impactStart', outage));
  const detected = detection(events, outage, declared);
  if (detected) found.set('detected', detected);
  for (const event of events) if (event.t === 'status.changed') applyStatus(found, event.b.status, event);
  const judged = events.find(event => event.t === 'hypothesis.judged' && event.b.verdict === 'confirmed');
  if (judged && !found.has('identified')) found.set('identified', fact('identified', judged));
  applyPeople(found, events);
  return order.flatMap(name => found.get(name) ?? []);
}

function applyPeople(found: Map<MilestoneName, Milestone>, events: readonly JournalEvent[]): void {
  const set = new Map<MilestoneName, Milestone | undefined>();
  for (const event of events) {
    if (event.t !== 'milestone.set' || !order.includes(event.b.name)) continue;
    const atMs = Date.parse(event.b.time ?? '');
    const { name } = event.b;
    set.set(name, Number.isNaN(atMs) ? undefined : { name, atMs, eventId: eventId(event), by: 'person' });
  }
  for (const [name, milestone] of set) if (milestone !== undefined) found.set(name, milestone);
}

const statusMilestones: Readonly<Partial<Record<JournalStatus, MilestoneName>>> = {
  detected: 'detected',
  acknowledged: 'acknowledged',
  identified: 'identified',
  mitigated: 'mitigated',
  monitoring: 'mitigated',
  resolved: 'resolved',
  closed: 'closed',
};

function applyStatus(found: Map<MilestoneName, Milestone>, status: JournalStatus, event: JournalEvent): void {
  if (status === 'reopened') {
    // What was thought to be over was not; the earlier words stay in the timeline.
    for (const name of ['mitigated', 'resolved', 'closed'] as const) found.delete(name);
    return;
  }
  const name = statusMilestones[status];
  if (name !== undefined && (!found.has(name) || name === 'detected')) found.set(name, fact(name, event));
}

function fact(name: MilestoneName, event: JournalEvent): Milestone {
  return { name, atMs: Date.parse(event.at), eventId: eventId(event), by: 'fact' };
}

interface Trouble {
  readonly event: JournalEvent;
  readonly fromMs: number;
  untilMs: number;
  /** False while checks fail but the service is not down yet: over before anybody declared, it was nothing. */
  isCertain: boolean;
}

/** The start of the earliest trouble that was not over when the incident was declared, or else of the last before. */
function firstOutage(
  events: readonly JournalEvent[],
  declaredMs: number | undefined,
): JournalEvent | undefined {
  const troubles: Trouble[] = [];
  const open = new Map<string, Trouble>();
  const facts = events
    .filter(
      event => event.t === 'alert.firing' || event.t === 'alert.resolved' || event.t === 'probe.changed',
    )
    .map(event => ({ event, atMs: Date.parse(event.at) }))
    .sort((a, b) => a.atMs - b.atMs);
  for (const { event, atMs } of facts) {
    const change = troubleChange(event);
    if (change === undefined) continue;
    const running = open.get(change.key);
    if (change.isTrouble && running === undefined) {
      const trouble = {
        event,
        fromMs: atMs,
        untilMs: Number.POSITIVE_INFINITY,
        isCertain: change.isCertain,
      };
      troubles.push(trouble);
      open.set(change.key, trouble);
    } else if (change.isTrouble && running !== undefined) {
      running.isCertain ||= change.isCertain;
    } else if (running !== undefined) {
      running.untilMs = atMs;
      open.delete(change.key);
    }
  }
  const sinceMs = declaredMs ?? Number.NEGATIVE_INFINITY;
  const current = troubles.filter(trouble => trouble.untilMs > sinceMs);
  if (current.length > 0) return current.reduce((a, b) => (b.fromMs < a.fromMs ? b : a)).event;
  const certain = troubles.filter(trouble => trouble.isCertain);
  return certain.length === 0 ? undefined : certain.reduce((a, b) => (b.untilMs > a.untilMs ? b : a)).event;
}

function troubleChange(
  event: JournalEvent,
): { readonly key: string; readonly isTrouble: boolean; readonly isCertain: boolean } | undefined {
  if (event.t === 'alert.firing') return { key: `alert ${event.b.alert}`, isTrouble: true, isCertain: true };
  if (event.t === 'alert.resolved')
    return { key: `alert ${event.b.alert}`, isTrouble: false, isCertain: true };
  if (event.t !== 'probe.changed') return undefined;
  const key = `probe ${event.b.service}`;
  const { to } = event.b;
  if (to === 'down' || to === 'pending') return { key, isTrouble: true, isCertain: to === 'down' };
  return to === 'up' || to === 'degraded' ? { key, isTrouble: false, isCertain: true } : undefined;
}

/** The first moment at which somebody or something knew: the alert fired, or a person declared. */
function detection(
  events: readonly JournalEvent[],
  outage: JournalEvent | undefined,
  declared: JournalEvent | undefined,
): Milestone | undefined {
  const sinceMs = outage === undefined ? Number.NEGATIVE_INFINITY : Date.parse(outage.at);
  const candidates: Milestone[] = declared === undefined ? [] : [fact('detected', declared)];
  for (const event of events) {
    if (event.t !== 'alert.firing') continue;
    const atMs = Date.parse(event.b.firedAt ?? event.ob);
    if (atMs >= sinceMs) candidates.push({ ...fact('detected', event), atMs });
  }
  return candidates.length === 0 ? undefined : candidates.reduce((a, b) => (b.atMs < a.atMs ? b : a));
}

/** Neighbours in the wrong order. A declaration may come before or after an acknowledgement, so it is left out. */
export function milestoneConflicts(milestones: readonly Milestone[]): readonly MilestoneConflict[] {
  const chain = milestones.filter(({ name }) => name !== 'declared');
  return chain.flatMap((later, index) => {
    const earlier = chain[index - 1];
    return earlier !== undefined && earlier.atMs > later.atMs ? [{ earlier, later }] : [];
  });
}

export function metricsOf(milestones: readonly Milestone[], lanes: readonly Lane[]): IncidentMetrics {
  const at = (name: MilestoneName) => milestones.find(milestone => milestone.name === name)?.atMs;
  const between = (from: MilestoneName, until: MilestoneName) => {
    const [fromMs, untilMs] = [at(from), at(until)];
    return fromMs === undefined || untilMs === undefined ? undefined : untilMs - fromMs;
  };
  const [startMs, endMs] = [at('impactStart'), at('resolved')];
  return {
    timeToDetectMs: between('impactStart', 'detected'),
    timeToAcknowledgeMs: between('detected', 'acknowledged'),
    timeToMitigateMs: between('impactStart', 'mitigated'),
    timeToResolveMs: between('impactStart', 'resolved'),
    impactMs:
      startMs === undefined || endMs === undefined || lanes.length === 0
        ? undefined
        : downtimeMs(lanes, startMs, endMs),
  };
}
