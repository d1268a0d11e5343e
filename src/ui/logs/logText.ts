import type { LogView } from '../../app/logs/logView.ts';
import { toEvidenceText } from '../../app/logs/snapshot.ts';
import { streams } from '../../domain/logs/model.ts';
import type { RowRef } from '../../domain/logs/rowIndex.ts';

/** A line that a person chose as evidence, with all that identifies it. Not redacted yet. */
export interface PinnedLine {
  readonly sourceId: string;
  readonly label: string;
  readonly stream: string;
  readonly timeNs: bigint;
  readonly text: string;
}

/** The rows from one to the other with what is folded under them, each line once, in the order of the view. */
export function* refsBetween(view: LogView, first: number, last: number): Generator<RowRef> {
  for (let row = Math.max(first, view.rows.first); row <= last && row < view.rows.end; row++) {
    const ref = view.rows.at(row);
    if (ref === undefined) continue;
    yield ref;
    if (view.isUnfolded(ref)) continue;
    for (const seq of view.sources[ref.source]?.groups.get(ref.seq) ?? []) yield { source: ref.source, seq };
  }
}

export function toPinnedLine(view: LogView, ref: RowRef): PinnedLine | undefined {
  const tail = view.sources[ref.source]?.tail;
  if (tail === undefined || !tail.store.has(ref.seq) || tail.store.isBoundary(ref.seq)) return undefined;
  const { timeNs, text } = tail.facts.secrets.line(ref.seq);
  const stream = streams[tail.store.stream(ref.seq)] ?? 'stdout';
  return { sourceId: tail.id, label: tail.label, stream, timeNs, text };
}

/** One line of a saved or copied view: exact time, source, stream, text; boundaries as `---` rows. */
export function toSavedText(view: LogView, ref: RowRef): string | undefined {
  const tail = view.sources[ref.source]?.tail;
  if (tail === undefined || !tail.store.has(ref.seq)) return undefined;
  const boundary = tail.store.boundary(ref.seq);
  if (boundary !== undefined) {
    return `--- ${new Date(boundary.atMs).toISOString()} ${tail.label} ${boundary.kind} ${boundary.detail}`.trimEnd();
  }
  const line = toEvidenceText(tail.facts.secrets.line(ref.seq));
  return view.sources.length > 1 ? line.replace(' ', ` ${tail.label} `) : line;
}
