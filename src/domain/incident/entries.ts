import { type Draft, toDrafts } from './drafts.ts';
import { applyEdits } from './edits.ts';
import type { JournalEvent } from './events.ts';
import { foldByCause } from './folding.ts';
import type { Entry, Proof } from './model.ts';

/** The timeline's rows in time order: edits applied, causes folded, repetition played down. */
export function entriesOf(
  events: readonly JournalEvent[],
  aliases: Map<string, string>,
  impactMs: number | undefined,
): { readonly entries: readonly Entry[]; readonly rowOf: (id: string) => Draft | undefined } {
  const drafts = toDrafts(events, aliases);
  applyEdits(events, drafts);
  // Rows come in causal order and sort is stable, so equal times keep it.
  const rows = [...drafts.rows].sort((a, b) => a.atMs - b.atMs);
  playDownRepetition(rows, (impactMs ?? Number.NEGATIVE_INFINITY) - beforeImpactMs);
  foldByCause(rows);
  const removed = removedBlobs(events);
  const entries = rows.filter(row => !row.isFolded).map(row => toEntry(row, removed));
  return { entries, rowOf: drafts.rowOf };
}

/** A container may die a moment before the first check fails. */
const beforeImpactMs = 10_000;

const trouble: ReadonlySet<string> = new Set([
  'alert.firing',
  'alert.resolved',
  'probe.changed',
  'container.event',
]);

/**
 * Only the first firing and the last end of a service's alerts, and its first state changes, stand out. What went
 * wrong and was over before this incident began is kept, but does not stand out, and nothing repeats it.
 */
function playDownRepetition(rows: readonly Draft[], sinceMs: number): void {
  const seen = new Set<string>();
  const lastEnd = new Map<string, Draft>();
  for (const row of rows) {
    const { source } = row;
    if (row.atMs < sinceMs) {
      if (trouble.has(source.t) && !row.isTouched && row.relevance === 'key') row.relevance = 'normal';
    } else if (source.t === 'alert.firing') {
      if (seen.has(`firing ${source.b.service}`)) row.relevance = 'normal';
      seen.add(`firing ${source.b.service}`);
    } else if (source.t === 'alert.resolved') {
      const before = lastEnd.get(source.b.service);
      if (before !== undefined) before.relevance = 'normal';
      lastEnd.set(source.b.service, row);
    } else if (source.t === 'probe.changed') {
      const change = `${source.b.service} ${source.b.to}`;
      if (seen.has(change)) row.relevance = 'raw';
      seen.add(change);
    }
  }
}

function removedBlobs(events: readonly JournalEvent[]): ReadonlyMap<string, string | undefined> {
  const removed = new Map<string, string | undefined>();
  for (const event of events)
    if (event.t === 'evidence.redacted') removed.set(event.b.sha256, event.b.newSha256);
  return removed;
}

function toEntry(row: Draft, removed: ReadonlyMap<string, string | undefined>): Entry {
  return {
    id: row.id,
    kind: row.kind,
    atMs: row.atMs,
    observedAtMs: row.observedAtMs,
    event: row.event,
    action: row.action,
    detail: row.detail,
    serviceId: row.serviceId,
    actor: row.actor,
    relevance: row.relevance,
    isPinned: row.isPinned,
    isRetracted: row.isRetracted,
    isEdited: row.isEdited,
    proofs: removed.size === 0 ? row.proofs : row.proofs.map(proof => withoutRemoved(proof, removed)),
    ...stepOf(row),
  };
}

/** A step that has not ended is no fact about what it did. */
function stepOf({ outcome }: Draft): Pick<Entry, 'step'> {
  if (outcome === undefined) return {};
  const { command, exit, isMutating } = outcome.b;
  return { step: { command, exitCode: exit, isChange: isMutating } };
}

function withoutRemoved(proof: Proof, removed: ReadonlyMap<string, string | undefined>): Proof {
  if (proof.sha256 === undefined || !removed.has(proof.sha256)) return proof;
  const sha256 = removed.get(proof.sha256);
  const link = proof.link?.kind === 'blob' ? undefined : proof.link;
  return {
    ...proof,
    excerpt: undefined,
    sha256,
    link: sha256 === undefined ? link : { kind: 'blob', sha256 },
  };
}
