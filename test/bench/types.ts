/** One measured number beside its peer and its limit, taken in the same run. */
export interface BenchRow {
  readonly metric: string;
  readonly unit: string;
  readonly ours: number;
  /** What another tool needs for the same work; null where there is none. */
  readonly peer: number | null;
  /** What no tool can beat on this machine (the disk, a bare parse); null where there is none. */
  readonly limit: number | null;
  /** Such as `< 200` or `<= 1.05 x limit`; null where nothing is promised. */
  readonly target: string | null;
  readonly met: boolean;
}

/** What a benchmark gives back; the frame adds the machine. */
export interface BenchResult {
  readonly name: string;
  readonly results: readonly BenchRow[];
}
