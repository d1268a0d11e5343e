import type { ProbeOutcome, Verdict } from './model.ts';

/** One check as the charts need it. */
export interface Sample {
  readonly atMs: number;
  readonly verdict: Verdict;
  readonly tookMs: number;
}

/** A stretch in which nothing was measured; drawn as a gap, never as 0 ms, and counted as neither up nor down. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: 'sleep' | 'paused' | 'closed';
}

/** Failures that said the same one after the other, with no success between them. */
export interface FailureRun {
  readonly last: ProbeOutcome;
  readonly firstMs: number;
  readonly count: number;
}

/** Counts of one stretch of `bucketMs`. Stretches without a check have no bucket. */
export interface Bucket {
  readonly startMs: number;
  readonly up: number;
  readonly degraded: number;
  readonly down: number;
  readonly unknown: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly sumMs: number;
  /** Time that was spent up or degraded, and down: checks come closer together while something fails. */
  readonly goodMs: number;
  readonly badMs: number;
}
