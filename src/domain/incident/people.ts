import { parseNote } from './describe.ts';
import { eventId, type JournalEvent } from './events.ts';
import type { ActionItem, Incident, RoleHolding } from './model.ts';
import type { EscalationRecord, Hypothesis, MessageRecord, ReportRecord } from './state.ts';

/** What people hold, ticked, promised, supposed and sent. All lists are folds of events in causal order. */

export function rolesOf(events: readonly JournalEvent[]): readonly RoleHolding[] {
  const roles: RoleHolding[] = [];
  const end = (role: string, person: string | undefined, untilMs: number) => {
    const index = roles.findLastIndex(
      held =>
        held.role === role && held.untilMs === undefined && (person === undefined || held.person === person),
    );
    const held = roles[index];
    if (held !== undefined) roles[index] = { ...held, untilMs };
  };
  for (const event of events) {
    if (event.t === 'role.released') end(event.b.role, event.b.person, Date.parse(event.at));
    if (event.t !== 'role.assumed') continue;
    const { role, person } = event.b;
    const fromMs = Date.parse(event.at);
    const held = roles.findLast(other => other.role === role && other.untilMs === undefined);
    if (held?.person === person) continue;
    end(role, undefined, fromMs);
    roles.push({ role, person, fromMs, untilMs: undefined });
  }
  return roles;
}

export function ticksOf(events: readonly JournalEvent[]): Incident['ticks'] {
  const ticks: Record<string, Incident['ticks'][string]> = {};
  for (const event of events) {
    if (event.t === 'check.ticked' || event.t === 'check.skipped') {
      const isSkip = event.t === 'check.skipped';
      // Done wins: a colleague who skips what is done elsewhere does not undo it.
      if (isSkip && ticks[event.b.item]?.state === 'done') continue;
      ticks[event.b.item] = {
        state: isSkip ? 'skipped' : 'done',
        eventId: eventId(event),
        atMs: Date.parse(event.at),
      };
    } else if (event.t === 'check.unticked') {
      const { item, proof } = event.b;
      // Taking back one tick must not take back another that was made meanwhile.
      if (proof === undefined || ticks[item]?.eventId === proof) delete ticks[item];
    }
  }
  return ticks;
}

export function actionItemsOf(
  events: readonly JournalEvent[],
  isRetracted: (id: string) => boolean,
): readonly ActionItem[] {
  const items = new Map<string, ActionItem>();
  for (const event of events) {
    if (event.t === 'note.added') {
      const note = parseNote(event.b.text);
      const id = eventId(event);
      if (note.kind === 'action')
        items.set(id, { id, text: note.text, owner: undefined, due: undefined, isDone: false });
    } else if (event.t === 'action.added') {
      const id = eventId(event);
      items.set(id, { id, text: event.b.text, owner: event.b.owner, due: event.b.due, isDone: false });
    } else if (event.t === 'action.changed') {
      const item = items.get(event.b.target);
      if (item !== undefined) items.set(item.id, { ...item, ...event.b.set });
    }
  }
  return [...items.values()].filter(item => !isRetracted(item.id));
}

export function hypothesesOf(events: readonly JournalEvent[]): readonly Hypothesis[] {
  const found = new Map<string, Hypothesis>();
  for (const event of events) {
    const text = supposedIn(event);
    if (text !== undefined) {
      const id = eventId(event);
      found.set(id, { id, text, verdict: 'open', atMs: Date.parse(event.at) });
    }
    if (event.t !== 'hypothesis.judged') continue;
    const judged = found.get(event.b.target);
    if (judged !== undefined) found.set(judged.id, { ...judged, verdict: event.b.verdict });
  }
  return [...found.values()];
}

function supposedIn(event: JournalEvent): string | undefined {
  if (event.t === 'hypothesis.added') return event.b.text;
  if (event.t !== 'note.added') return undefined;
  const note = parseNote(event.b.text);
  return note.kind === 'hypothesis' ? note.text : undefined;
}

export function messagesOf(events: readonly JournalEvent[]): readonly MessageRecord[] {
  const messages: MessageRecord[] = [];
  for (const event of events) {
    const state = messageStates[event.t];
    if (state === undefined || !isMessage(event)) continue;
    const { kind, channel, text } = event.b;
    messages.push({ eventId: eventId(event), kind, state, channel, text, atMs: Date.parse(event.at) });
  }
  return messages;
}

type MessageEvent = Extract<
  JournalEvent,
  { readonly t: 'comms.drafted' | 'comms.requested' | 'comms.sent' | 'comms.failed' | 'comms.unknown' }
>;

const messageStates: Readonly<Partial<Record<JournalEvent['t'], MessageRecord['state']>>> = {
  'comms.drafted': 'drafted',
  'comms.requested': 'requested',
  'comms.sent': 'sent',
  'comms.failed': 'failed',
  'comms.unknown': 'unknown',
};

function isMessage(event: JournalEvent): event is MessageEvent {
  return event.t.startsWith('comms.');
}

export function escalationsOf(events: readonly JournalEvent[]): readonly EscalationRecord[] {
  const found: EscalationRecord[] = [];
  for (const event of events) {
    if (event.t !== 'escalation.due' && event.t !== 'escalation.done' && event.t !== 'escalation.waived')
      continue;
    const state = event.t === 'escalation.due' ? 'due' : event.t === 'escalation.done' ? 'done' : 'waived';
    const { label, reason } = event.b;
    found.push({ eventId: eventId(event), label, state, reason, atMs: Date.parse(event.at) });
  }
  return found;
}

export function reportsOf(events: readonly JournalEvent[]): readonly ReportRecord[] {
  const reports: ReportRecord[] = [];
  for (const event of events) {
    if (event.t === 'report.generated') {
      const { path, sha256, baseSha256 } = event.b;
      reports.push({ eventId: eventId(event), path, sha256, baseSha256, atMs: Date.parse(event.at) });
    } else if (event.t === 'report.moved') {
      const { from, to } = event.b;
      for (const [index, report] of reports.entries())
        if (report.path === from) reports[index] = { ...report, path: to };
    }
  }
  return reports;
}

/** The newest review whose base is known: what the next generation builds on. */
export function reviewOf(reports: readonly ReportRecord[]): Pick<Incident, 'review'> {
  const last = reports.findLast(report => report.baseSha256 !== undefined);
  if (last?.baseSha256 === undefined) return {};
  return { review: { path: last.path, baseSha256: last.baseSha256, atMs: last.atMs } };
}
