import type { AnsiSpan } from '../domain/logs/ansi.ts';
import type { LogBoundary, LogLevel, LogStreamName } from '../domain/logs/model.ts';
import { levels, streams } from '../domain/logs/model.ts';
import type { FieldCheck, MessageTable } from './fields.ts';
import { isBoolean, isNumber, isText, isTextList, oneOf } from './fields.ts';

/** One row as the page shows it. The text has no escapes left and is cut to what a screen can hold. */
export interface LogRow {
  readonly id: string;
  /** Index into `sources` of the same message. */
  readonly source: number;
  readonly timeMs: number;
  readonly stream: LogStreamName;
  readonly level: LogLevel;
  readonly text: string;
  readonly spans: readonly AnsiSpan[];
  /** What include and search found in the text. */
  readonly hits: readonly (readonly [number, number])[];
  readonly isSearchHit: boolean;
  readonly isTruncated: boolean;
  readonly isContinuation: boolean;
  /** How many lines are folded under this one, and whether they are shown. */
  readonly foldCount: number;
  readonly isUnfolded: boolean;
  /** The text is a JSON object: in short, or over several lines when unfolded. */
  readonly isJson: boolean;
  /** How often lines of this pattern came, and when first. */
  readonly repeat?: { readonly count: number; readonly firstMs: number };
  /** A sentence instead of a line: stopped, started, gap … */
  readonly boundary?: { readonly kind: LogBoundary['kind']; readonly text: string };
}

export interface LogSourceView {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly isFollowing: boolean;
}

export interface LogViewMessage {
  readonly type: 'view';
  readonly revision: number;
  /** Absolute numbers: of the oldest row, after the newest, and of the first in `rows`. */
  readonly first: number;
  readonly end: number;
  readonly from: number;
  readonly rows: readonly LogRow[];
  readonly sources: readonly LogSourceView[];
  readonly heldLines: number;
  /** No longer held, in a file. */
  readonly olderLines: number;
  readonly droppedLines: number;
  readonly hitCount: number;
  /** Of the search, in the older lines. */
  readonly olderHits: number;
  readonly isBusy: boolean;
  readonly filterError: string;
  readonly searchError: string;
}

export type LogsToPage =
  | LogViewMessage
  /** Scroll there and put the cursor on it. */
  | { readonly type: 'reveal'; readonly row: number }
  /** A filter that comes from outside the page, from a runbook's `| grep`: it goes into the box. */
  | { readonly type: 'include'; readonly pattern: string }
  | { readonly type: 'notice'; readonly text: string };

export type LogsToHost =
  | { readonly type: 'ready' }
  /** Asks for rows; answered once something differs from `revision`. `from` -1 asks for the newest `count`. */
  | { readonly type: 'pull'; readonly from: number; readonly count: number; readonly revision: number }
  | {
      readonly type: 'filter';
      readonly include: string;
      readonly exclude: string;
      readonly levels: readonly LogLevel[];
      readonly streams: readonly LogStreamName[];
      readonly sources: readonly string[];
    }
  | { readonly type: 'search'; readonly pattern: string }
  | { readonly type: 'step'; readonly direction: 'next' | 'previous'; readonly from: number }
  | { readonly type: 'jump'; readonly time: string; readonly isUtc: boolean }
  | { readonly type: 'fold'; readonly id: string }
  | { readonly type: 'foldAll'; readonly isFolded: boolean }
  | { readonly type: 'json'; readonly isShort: boolean }
  /** The rows from one id to the other, both included. */
  | { readonly type: 'copy'; readonly firstId: string; readonly lastId: string }
  | { readonly type: 'pin'; readonly firstId: string; readonly lastId: string }
  | { readonly type: 'openDocument' }
  /** The older lines, or those that the search or the filter wants. */
  | { readonly type: 'openOlder' }
  | { readonly type: 'saveAll' }
  | { readonly type: 'close'; readonly sourceId: string };

function listOf<T extends string>(values: readonly T[]): FieldCheck<readonly T[]> {
  const isOne = oneOf(values);
  return (value): value is readonly T[] => isTextList(value) && value.every(isOne);
}

export const logsToHost: MessageTable<LogsToHost> = {
  ready: {},
  pull: { from: isNumber, count: isNumber, revision: isNumber },
  filter: {
    include: isText,
    exclude: isText,
    levels: listOf(levels),
    streams: listOf(streams),
    sources: isTextList,
  },
  search: { pattern: isText },
  step: { direction: oneOf(['next', 'previous']), from: isNumber },
  jump: { time: isText, isUtc: isBoolean },
  fold: { id: isText },
  foldAll: { isFolded: isBoolean },
  json: { isShort: isBoolean },
  copy: { firstId: isText, lastId: isText },
  pin: { firstId: isText, lastId: isText },
  openDocument: {},
  openOlder: {},
  saveAll: {},
  close: { sourceId: isText },
};
