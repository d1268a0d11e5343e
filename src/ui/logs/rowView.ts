import type { LogView } from '../../app/logs/logView.ts';
import { parseAnsi } from '../../domain/logs/ansi.ts';
import { toJsonLines, toJsonSummary } from '../../domain/logs/jsonRow.ts';
import { keyRowMark } from '../../domain/logs/keyRows.ts';
import { countsByPattern } from '../../domain/logs/lineFacts.ts';
import type { LogBoundary } from '../../domain/logs/model.ts';
import { streams } from '../../domain/logs/model.ts';
import { patternKey } from '../../domain/logs/patterns.ts';
import type { RowRef } from '../../domain/logs/rowIndex.ts';
import type { LogRow } from '../../shared/logsProtocol.ts';

/** More of a line than any screen shows; copying, pinning and saving take the whole line. */
const maxShownBytes = 8000;
/** Beyond that, so that a secret that the cut would split is still known as one. */
const wholeSecretBytes = 1000;

export interface RowOptions {
  readonly isJsonShort: boolean;
  readonly boundaryText: (boundary: LogBoundary) => string;
  /** For all that a page gets to see. */
  readonly redact: (text: string) => string;
}

export function toRowId(ref: RowRef): string {
  return `${ref.source}:${ref.seq}`;
}

/** Undefined when the row is not held any more. */
export function toLogRow(view: LogView, row: number, options: RowOptions): LogRow | undefined {
  const ref = view.rows.at(row);
  const source = ref && view.sources[ref.source];
  if (ref === undefined || source === undefined || !source.tail.store.has(ref.seq)) return undefined;
  const { store } = source.tail;
  const boundary = store.boundary(ref.seq);
  const common = {
    id: toRowId(ref),
    source: ref.source,
    timeMs: store.timeMs(ref.seq),
    stream: streams[store.stream(ref.seq)] ?? 'stdout',
    level: store.level(ref.seq) ?? 'unknown',
    isSearchHit: view.rows.isHit(row),
    isContinuation: store.isContinuation(ref.seq),
    foldCount: source.groups.get(ref.seq)?.length ?? 0,
    isUnfolded: view.isUnfolded(ref),
  } as const;
  if (boundary !== undefined) {
    const text = options.boundaryText(boundary);
    return {
      ...common,
      text,
      spans: [],
      hits: [],
      isTruncated: false,
      isJson: false,
      boundary: { kind: boundary.kind, text },
    };
  }
  const shown = toShown(view, ref, options);
  const isOpened = shown.isJson && view.isOpened(ref);
  return { ...common, isUnfolded: common.isUnfolded || isOpened, ...shown, ...toRepeat(view, ref) };
}

function toShown(
  view: LogView,
  ref: RowRef,
  options: RowOptions,
): Pick<LogRow, 'text' | 'spans' | 'hits' | 'isTruncated' | 'isJson'> {
  const tail = view.sources[ref.source]?.tail;
  const nothing = { text: '', spans: [], hits: [], isTruncated: false, isJson: false };
  if (tail === undefined) return nothing;
  const { store, facts } = tail;
  if (facts.secrets.has(ref.seq)) return { ...nothing, text: keyRowMark };
  const raw = store.text(ref.seq, maxShownBytes + wholeSecretBytes);
  const toText = view.isOpened(ref) ? toJsonLines : toJsonSummary;
  const summary = options.isJsonShort ? toText(raw) : undefined;
  const plain = parseAnsi(summary ?? raw);
  const redacted = options.redact(plain.text);
  const text = redacted.slice(0, maxShownBytes);
  const matcher = view.searchMatcher ?? view.includeMatcher;
  return {
    text,
    // Colours are places in the text as it was.
    spans: redacted === plain.text ? plain.spans : [],
    isJson: summary !== undefined,
    hits: matcher?.ranges(text, 50) ?? [],
    isTruncated: store.isTruncated(ref.seq) || store.byteLength(ref.seq) > maxShownBytes,
  };
}

function toRepeat(view: LogView, ref: RowRef): Pick<LogRow, 'repeat'> {
  const source = view.sources[ref.source];
  if (source === undefined) return {};
  const { store, facts } = source.tail;
  if (store.isContinuation(ref.seq) || !countsByPattern(store.level(ref.seq) ?? 'unknown')) return {};
  const counted = facts.patterns.get(patternKey(store.text(ref.seq, maxShownBytes)));
  return counted === undefined || counted.count < 2
    ? {}
    : { repeat: { count: counted.count, firstMs: counted.firstMs } };
}
