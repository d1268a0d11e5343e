export type LogStreamName = 'stdout' | 'stderr';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'unknown';

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
  readonly kind: 'started' | 'stopped' | 'recreated' | 'rotated' | 'gap' | 'cut' | 'error';
  readonly atMs: number;
  /** For `gap`: from the last line held to the first after it. */
  readonly gapMs?: number;
  readonly detail: string;
}

/** Where a reader of one stream has got to: last time seen and how many lines carried it. */
export interface StreamCursor {
  readonly timeNs: bigint;
  readonly count: number;
}

export type LogCursor = Readonly<Partial<Record<LogStreamName, StreamCursor>>>;
