import type { Entry, EntryKind } from '../incident/model.ts';
import { escapeCell } from './escape.ts';
import type { RowTime } from './model.ts';
import { toRow } from './tables.ts';
import type { Zone } from './zone.ts';

/** One line of the review's timeline, before it is put under the template's own columns. */
export interface TimelineRow {
  readonly entry: Entry;
  /** `10:05`, with date or offset where the previous row had another. */
  readonly timeText: string;
  readonly time: RowTime;
}

const humanKinds: readonly EntryKind[] = ['note', 'hypothesis', 'question'];
const cellLimit = 500;

/** What a review tells: key entries, pinned ones and people's notes, unless retracted. */
export function isCurated(entry: Entry): boolean {
  if (entry.isRetracted || entry.kind === 'report') return false;
  return entry.relevance === 'key' || entry.isPinned || humanKinds.includes(entry.kind);
}

/** Rows in time order. `startMs` gives the date and the offset that go without saying. */
export function toTimelineRows(
  entries: readonly Entry[],
  zone: Zone,
  startMs: number | undefined,
): TimelineRow[] {
  const curated = entries.filter(isCurated).sort((a, b) => a.atMs - b.atMs);
  let previousMs = startMs ?? curated[0]?.atMs ?? 0;
  return curated.map(entry => {
    const timeText = toTimeText(entry.atMs, previousMs, zone);
    previousMs = entry.atMs;
    const wall = `${zone.dateOf(entry.atMs)} ${zone.timeOf(entry.atMs)}`;
    return { entry, timeText, time: { atMs: entry.atMs, wall } };
  });
}

/** `10:05`; with the date when it is another day than `previousMs`, with the offset when the clocks changed. */
export function toTimeText(atMs: number, previousMs: number, zone: Zone): string {
  const date = zone.dateOf(atMs) === zone.dateOf(previousMs) ? '' : `${zone.dateOf(atMs)} `;
  const offset = zone.offsetOf(atMs) === zone.offsetOf(previousMs) ? '' : ` (${zone.offsetOf(atMs)})`;
  return `${date}${zone.timeOf(atMs)}${offset}`;
}

/** A row under the template's own columns (see `toRoles`); a column that we have nothing for stays empty. */
export function renderTimelineRow(roles: readonly ColumnRole[], row: TimelineRow): string {
  return toRow(roles.map(role => cellOf(role, row)));
}

export type ColumnRole = 'time' | 'event' | 'action' | 'actor' | 'proof' | 'unknown';

const roleRules: readonly (readonly [ColumnRole, RegExp])[] = [
  ['time', /time|when|utc|^date$|^at$/],
  ['action', /action|response|taken|mitigation|did/],
  ['event', /event|what|description|observ|happened|detail|note|entry|update/],
  ['actor', /who|actor|person|owner|author|^by$|responder/],
  ['proof', /proof|evidence|source|link|data/],
];

/** What each column of a timeline table is for; the first that fits wins, and an event column is always found. */
export function toRoles(columns: readonly string[]): ColumnRole[] {
  const taken = new Set<ColumnRole>();
  const roles = columns.map((column): ColumnRole => {
    const name = column.replace(/[*_`]/g, '').trim().toLowerCase();
    const role = roleRules.find(([candidate, rule]) => !taken.has(candidate) && rule.test(name))?.[0];
    if (role === undefined) return 'unknown';
    taken.add(role);
    return role;
  });
  if (!taken.has('event')) {
    const free = roles.indexOf('unknown');
    if (free >= 0) roles[free] = 'event';
  }
  return roles;
}

function cellOf(role: ColumnRole, { entry, timeText }: TimelineRow): string {
  switch (role) {
    case 'time':
      return timeText;
    case 'event':
      return escapeCell(shorten(said(entry)));
    case 'action':
      return escapeCell(shorten(entry.action ?? ''));
    case 'actor':
      return escapeCell(entry.actor?.name ?? '');
    case 'proof':
      return escapeCell(entry.proofs.map(proof => proof.label).join(', '));
    default:
      return '';
  }
}

/** What somebody supposed or asked must not read as something that happened. */
function said({ kind, event }: Entry): string {
  const word = { hypothesis: 'Hypothesis: ', question: 'Question: ' }[String(kind)];
  // A correction that came from the review's own row has the word already.
  return word === undefined || event.startsWith(word) ? event : word + event;
}

function shorten(text: string): string {
  if (text.length <= cellLimit) return text;
  const characters = [...text];
  return characters.length <= cellLimit ? text : `${characters.slice(0, cellLimit - 1).join('')}…`;
}
