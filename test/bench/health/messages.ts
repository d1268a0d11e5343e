/** What each process of the benchmark tells the one that started it. */
export interface ServerReady {
  readonly ports: readonly number[];
}

export interface ServerReport {
  /** Milliseconds from accepting the connection to the last byte written, per path in order. */
  readonly took: Readonly<Record<string, readonly number[]>>;
}

export interface IdleReport {
  readonly longestBlockMs: number;
}

export interface ProberWish {
  readonly urls: readonly string[];
  readonly intervalMs: number;
  readonly warmMs: number;
  readonly measureMs: number;
  /** How long the event loop is watched afterwards. */
  readonly watchMs: number;
  /** Where the exporter listens; undefined for our own prober. */
  readonly exporter: string | undefined;
}

export interface ProberReport {
  readonly cpuMs: number;
  readonly probes: number;
  readonly failures: number;
  readonly rssMegabytes: number;
  readonly longestBlockMs: number;
  readonly lateness: readonly number[];
  /** Reported milliseconds per path in order, those of warming up included. */
  readonly took: Readonly<Record<string, readonly number[]>>;
  /** How many there were of each path when measuring began, and when it ended. */
  readonly from: Readonly<Record<string, number>>;
  readonly to: Readonly<Record<string, number>>;
}
