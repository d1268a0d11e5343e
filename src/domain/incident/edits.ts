import { describe } from './describe.ts';
import type { Draft, Drafts } from './drafts.ts';
import { type EventType, eventId, type JournalEvent } from './events.ts';
import { compareCausally } from './hybridClock.ts';
import type { Actor } from './model.ts';

/** Applies what people did to rows, in causal order, so that the last word wins field by field. */
export function applyEdits(events: readonly JournalEvent[], { rowOf }: Drafts): void {
  for (const event of events) {
    if (!isEdit(event)) continue;
    const row = rowOf(event.b.target);
    if (row === undefined) continue;
    row.isTouched = true;
    if (event.t === 'entry.corrected') correct(row.entry, event.b.set);
    else if (event.t === 'entry.retracted') row.entry.isRetracted = true;
    else if (event.t === 'entry.restored') row.entry.isRetracted = false;
    else if (event.t === 'entry.pinned') row.entry.isPinned = true;
    else if (event.t === 'entry.unpinned') row.entry.isPinned = false;
    else if (event.t === 'entries.merged') for (const other of event.b.others) merge(row, rowOf(other));
  }
}

type EditEvent = Extract<
  JournalEvent,
  {
    readonly t:
      | 'entry.corrected'
      | 'entry.retracted'
      | 'entry.restored'
      | 'entry.pinned'
      | 'entry.unpinned'
      | 'entries.merged';
  }
>;

const editTypes: ReadonlySet<EventType | 'unknown'> = new Set<EditEvent['t']>([
  'entry.corrected',
  'entry.retracted',
  'entry.restored',
  'entry.pinned',
  'entry.unpinned',
  'entries.merged',
]);

function isEdit(event: JournalEvent): event is EditEvent {
  return editTypes.has(event.t);
}

function correct(
  entry: Draft['entry'],
  set: { readonly at?: string; readonly event?: string; readonly action?: string },
): void {
  const atMs = set.at === undefined ? Number.NaN : Date.parse(set.at);
  if (!Number.isNaN(atMs)) entry.atMs = atMs;
  if (typeof set.event === 'string') entry.event = set.event;
  if (typeof set.action === 'string') entry.action = set.action === '' ? undefined : set.action;
  entry.isEdited = true;
}

function merge(row: Draft, other: Draft | undefined): void {
  if (other === undefined || other === row || other.isFolded || row.isFolded) return;
  row.entry.proofs.push(...other.entry.proofs);
  row.entry.action ??= other.entry.action;
  row.entry.isPinned ||= other.entry.isPinned;
  other.isFolded = true;
}

export interface EntryVersion {
  readonly eventId: string;
  readonly type: EventType | 'unknown';
  readonly madeAtMs: number;
  readonly by: Actor;
  readonly reason: string | undefined;
  /** The row as it stood from then on. */
  readonly atMs: number;
  readonly event: string;
  readonly action: string | undefined;
}

/** A row from "as first recorded" (first) to now (last), with who changed it and why. */
export function entryHistory(events: readonly JournalEvent[], id: string): readonly EntryVersion[] {
  const sorted = [...events].sort(compareCausally);
  const origin = sorted.find(event => eventId(event) === id);
  const first = origin && describe(origin);
  if (origin === undefined || first === undefined) return [];
  const row = { atMs: Date.parse(origin.at), event: first.event, action: first.action };
  const versions: EntryVersion[] = [version(origin, row, undefined)];
  for (const event of sorted) {
    if (!isEdit(event)) continue;
    const isMergedAway = event.t === 'entries.merged' && event.b.others.includes(id);
    if (event.b.target !== id && !isMergedAway) continue;
    if (event.t === 'entry.corrected') {
      const atMs = Date.parse(event.b.set.at ?? '');
      if (!Number.isNaN(atMs)) row.atMs = atMs;
      row.event = event.b.set.event ?? row.event;
      row.action = event.b.set.action ?? row.action;
    }
    versions.push(version(event, row, event.b.reason));
  }
  return versions;
}

function version(
  event: JournalEvent,
  row: Pick<EntryVersion, 'atMs' | 'event' | 'action'>,
  reason: string | undefined,
): EntryVersion {
  return {
    eventId: eventId(event),
    type: event.t,
    madeAtMs: Date.parse(event.ob),
    by: event.a,
    reason,
    ...row,
  };
}
