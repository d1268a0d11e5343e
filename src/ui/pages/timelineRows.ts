import { machineActor } from '../../app/incident/deskTypes.ts';
import type { Entry, Lane, LaneSpan, Proof } from '../../domain/incident/model.ts';
import type { RowTone, TimelineRow } from '../../shared/timelineProtocol.ts';

export interface RowChanges {
  readonly changed: readonly TimelineRow[];
  readonly removedIds: readonly string[];
}

export function toRows(entries: readonly Entry[], lanes: readonly Lane[]): readonly TimelineRow[] {
  const laneOf = new Map(lanes.map(lane => [lane.serviceId, lane]));
  return entries.map(entry => toKnownRow(entry, laneOf.get(entry.serviceId ?? '')));
}

const knownRows = new WeakMap<Entry, TimelineRow>();

/** An entry that is the same object is the same row, unless its service's lane has given it another colour. */
function toKnownRow(entry: Entry, lane: Lane | undefined): TimelineRow {
  const known = knownRows.get(entry);
  if (known && known.tone === toneOf(entry, lane)) return known;
  const row = toRow(entry, lane);
  knownRows.set(entry, row);
  return row;
}

export function toRow(entry: Entry, lane: Lane | undefined): TimelineRow {
  const tone = toneOf(entry, lane);
  const source = entry.proofs.map(toLinkText).find(text => text !== undefined);
  return {
    id: entry.id,
    kind: entry.kind,
    atMs: entry.atMs,
    event: entry.event,
    relevance: entry.relevance,
    ...(entry.action === undefined ? {} : { action: entry.action }),
    ...(entry.serviceId === undefined ? {} : { serviceId: entry.serviceId }),
    ...(entry.actor === undefined || entry.actor.id === machineActor.id ? {} : { who: entry.actor.name }),
    ...(tone === undefined ? {} : { tone }),
    ...(entry.isPinned ? { isPinned: true } : {}),
    ...(entry.isRetracted ? { isRetracted: true } : {}),
    ...(entry.isEdited ? { isEdited: true } : {}),
    ...(entry.proofs.length === 0 ? {} : { proofCount: entry.proofs.length }),
    ...(source === undefined ? {} : { source }),
    ...(entry.step === undefined ? {} : { command: entry.step.command }),
  };
}

/** What a proof's link is called: `compose.yml:14`, a host name, or the short hash of a stored piece. */
export function toLinkText(proof: Proof): string | undefined {
  const { link } = proof;
  if (link?.kind === 'file') return `${link.file.split('/').at(-1)}:${link.line}`;
  if (link?.kind === 'web') return URL.canParse(link.url) ? new URL(link.url).host : link.url;
  return link?.kind === 'blob' ? link.sha256.slice(0, 8) : undefined;
}

/** Rows that differ from what the page holds, without asking the incident to keep object identity. */
export function diffRows(
  before: ReadonlyMap<string, TimelineRow>,
  after: ReadonlyMap<string, TimelineRow>,
): RowChanges {
  const changed: TimelineRow[] = [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (old === undefined || !isSameRow(old, row)) changed.push(row);
  }
  return { changed, removedIds: [...before.keys()].filter(id => !after.has(id)) };
}

/** Every field of a row; one that is added without being compared does not compile. */
const fieldsOfRow: Readonly<Record<keyof TimelineRow, true>> = {
  id: true,
  kind: true,
  atMs: true,
  event: true,
  action: true,
  serviceId: true,
  who: true,
  relevance: true,
  tone: true,
  isPinned: true,
  isRetracted: true,
  isEdited: true,
  proofCount: true,
  source: true,
  command: true,
};
const fieldNames = Object.keys(fieldsOfRow) as (keyof TimelineRow)[];

function isSameRow(a: TimelineRow, b: TimelineRow): boolean {
  if (a === b) return true;
  for (const name of fieldNames) if (a[name] !== b[name]) return false;
  return true;
}

const spanTones: Readonly<Partial<Record<LaneSpan['state'], RowTone>>> = {
  up: 'ok',
  degraded: 'warn',
  pending: 'bad',
  down: 'bad',
  blocked: 'blocked',
};

const stateKinds: ReadonlySet<Entry['kind']> = new Set(['health', 'alert', 'container']);

/** What happened is told at once; the check that shows what it led to comes a moment later. */
const noticeMs = 2000;

/** A step is coloured by how it ended; what happened to a service, by the state that it led to. */
function toneOf(entry: Entry, lane: Lane | undefined): RowTone | undefined {
  if (entry.step) {
    const { exitCode } = entry.step;
    return exitCode === undefined ? 'warn' : exitCode === 0 ? 'ok' : 'bad';
  }
  if (!lane || !stateKinds.has(entry.kind)) return undefined;
  const state = lane.spans.findLast(one => one.fromMs <= entry.atMs + noticeMs)?.state;
  if (entry.kind === 'alert') return state === 'up' ? 'ok' : 'bad';
  return state && spanTones[state];
}
