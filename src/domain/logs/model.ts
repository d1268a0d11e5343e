export type LogStreamName = 'stdout' | 'stderr';

/** In the order of their numbers in the pipeline (`streams[0]`). */
export const streams: readonly LogStreamName[] = ['stdout', 'stderr'];

/** `unknown` is an answer: a line that names two levels in the same manner has none. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'unknown';

export const levels: readonly LogLevel[] = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** One line as the engine gave it. `timeNs` is nanoseconds since the epoch (0n where the source has no times). */
export interface LogLine {
  readonly sourceId: string;
  readonly stream: LogStreamName;
  readonly timeNs: bigint;
  readonly text: string;
  readonly isTruncated: boolean;
}

/** A row that is not a line: the source stopped, started, was re-created, rotated, or lost lines. */
export interface LogBoundary {
  readonly sourceId: string;
  readonly kind: 'started' | 'stopped' | 'recreated' | 'rotated' | 'gap' | 'clock' | 'cut' | 'error';
  readonly atMs: number;
  /**
   * For `clock`: how far the engine's clock went back. For `gap`: from the last line held to the first after it. Its detail is `rotation` where the engine was still
   * connected and lines may have been rotated away unread.
   */
  readonly gapMs?: number;
  readonly detail: string;
}

/** Where a reader of one stream has got to: last time seen and how many lines carried it. */
export interface StreamCursor {
  readonly timeNs: bigint;
  readonly count: number;
}

export type LogCursor = Readonly<Partial<Record<LogStreamName, StreamCursor>>>;

/**
 * A line inside a byte chunk; valid only during the call that hands it over. Seconds and nanoseconds are kept apart
 * because a bigint per line costs more than the rest of the pipeline.
 */
export interface RawLine {
  /** Index into `streams`. */
  stream: number;
  seconds: number;
  nanos: number;
  bytes: Uint8Array;
  start: number;
  end: number;
  isTruncated: boolean;
}

export type RawLineSink = (line: Readonly<RawLine>) => void;

export function toTimeNs(seconds: number, nanos: number): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

/** Ms since the epoch, with fractions. */
export function timeMsOf(line: Pick<RawLine, 'seconds' | 'nanos'>): number {
  return line.seconds * 1000 + line.nanos / 1e6;
}

/** Not a workload's or a selector's, which may be several. */
export function isOnePod({ target = '', selector }: PodTarget): boolean {
  return selector === undefined && /^(?:(?:pods?|po)\/)?[^/]*$/.test(target);
}

/** A pod's container by what survives the pod. */
export interface PodTarget {
  /** The kubeconfig's current one when absent. */
  readonly context?: string;
  /** The context's own when absent. */
  readonly namespace?: string;
  /** `web-1`, `deployment/web`, `statefulset/db` …; of several pods the newest. */
  readonly target?: string;
  /** Instead of a target: `app=web`. */
  readonly selector?: string;
  /** The pod's first when absent. */
  readonly container?: string;
}
