import type { TimelineRow, TimelineToHost } from '../../src/shared/timelineProtocol.ts';
import type { Zone } from '../zone.ts';
import type { EditDraft } from './pageState.ts';

export function toDraft(row: TimelineRow, zone: Zone): EditDraft {
  return { entryId: row.id, time: zone.dateTime(row.atMs), event: row.event, action: row.action ?? '' };
}

export type Correction = Extract<TimelineToHost, { type: 'correct' }>;

/** Only what was changed is sent, so that two people correcting different fields do not undo each other. */
export function toCorrection(row: TimelineRow, draft: EditDraft, zone: Zone): Correction | string {
  const atMs = zone.parse(draft.time, row.atMs);
  if (atMs === undefined) return `Not a time: "${draft.time}". Use 10:01:07 or 2026-11-21 10:01:07.`;
  if (draft.event.trim() === '') return 'The event needs a text.';
  const isSameSecond = zone.dateTime(atMs) === zone.dateTime(row.atMs);
  return {
    type: 'correct',
    entryId: row.id,
    atMs: isSameSecond ? undefined : atMs,
    event: draft.event.trim() === row.event ? undefined : draft.event.trim(),
    action: draft.action.trim() === (row.action ?? '') ? undefined : draft.action.trim(),
  };
}

/** Saved without a change: nothing that the journal should keep. */
export function isEmptyCorrection({ atMs, event, action }: Correction): boolean {
  return atMs === undefined && event === undefined && action === undefined;
}
