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
  const rows = [...drafts.rows].sort((a, b) => a.entry.atMs - b.entry.atMs);
  playDownRepetition(rows, (impactMs ?? Number.NEGATIVE_INFINITY) - beforeImpactMs);
  foldByCause(rows);
  const entries = rows.filter(row => !row.isFolded).map(({ entry }) => entry);
  return { entries: withoutRemoved(entries, removedBlobs(events)), rowOf: drafts.rowOf };
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
    const { source, entry } = row;
    if (entry.atMs < sinceMs) {
      if (trouble.has(source.t) && !row.isTouched && entry.relevance === 'key') entry.relevance = 'normal';
    } else if (source.t === 'alert.firing') {
      if (seen.has(`firing ${source.b.service}`)) entry.relevance = 'normal';
      seen.add(`firing ${source.b.service}`);
    } else if (source.t === 'alert.resolved') {
      const before = lastEnd.get(source.b.service);
      if (before !== undefined) before.entry.relevance = 'normal';
      lastEnd.set(source.b.service, row);
    } else if (source.t === 'probe.changed') {
      const change = `${source.b.service} ${source.b.to}`;
      if (seen.has(change)) entry.relevance = 'raw';
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

function withoutRemoved(
  entries: readonly Entry[],
  removed: ReadonlyMap<string, string | undefined>,
): readonly Entry[] {
  if (removed.size === 0) return entries;
  return entries.map(entry => ({
    ...entry,
    proofs: entry.proofs.map(proof => withoutStored(proof, removed)),
  }));
}

function withoutStored(proof: Proof, removed: ReadonlyMap<string, string | undefined>): Proof {
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
