import { Ring } from '../../base/ring.ts';
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

export const bucketMs = 300_000;
const limits = { samples: 360, buckets: 288, failures: 20, gaps: 50 } as const;

/** What is kept of a history over reloads of the window: fewer samples than in memory. */
export interface SavedHistory {
  readonly samples: readonly Sample[];
  readonly buckets: readonly Bucket[];
  readonly failures: readonly FailureRun[];
  readonly gaps: readonly Gap[];
}

/** The past of one probe, bounded: samples (one hour at 10 s), 24 h of buckets, failures kept apart from successes. */
export class ProbeHistory {
  private readonly sampleRing = new Ring<Sample>(limits.samples);
  private readonly bucketRing = new Ring<Bucket>(limits.buckets);
  private readonly failureRing = new Ring<FailureRun>(limits.failures);
  private readonly gapRing = new Ring<Gap>(limits.gaps);
  private open: Bucket | undefined;

  constructor(saved?: SavedHistory) {
    for (const sample of saved?.samples ?? []) this.sampleRing.push(sample);
    for (const bucket of saved?.buckets ?? []) this.bucketRing.push(bucket);
    for (const failure of saved?.failures ?? []) this.failureRing.push(failure);
    for (const gap of saved?.gaps ?? []) this.gapRing.push(gap);
  }

  get samples(): readonly Sample[] {
    return this.sampleRing.toArray();
  }

  get buckets(): readonly Bucket[] {
    return this.open === undefined ? this.bucketRing.toArray() : [...this.bucketRing.toArray(), this.open];
  }

  /** Oldest first. */
  get failures(): readonly FailureRun[] {
    return this.failureRing.toArray();
  }

  get gaps(): readonly Gap[] {
    return this.gapRing.toArray();
  }

  /** `sinceMs`: for how long the check before spoke; 0 where nobody knows. */
  add(outcome: ProbeOutcome, sinceMs: number): void {
    const before = this.sampleRing.last()?.verdict;
    this.sampleRing.push({ atMs: outcome.atMs, verdict: outcome.verdict, tookMs: outcome.tookMs });
    if (outcome.verdict === 'down') this.addFailure(outcome, before === 'down');
    const startMs = Math.floor(outcome.atMs / bucketMs) * bucketMs;
    if (this.open !== undefined && this.open.startMs !== startMs) {
      this.bucketRing.push(this.open);
      this.open = undefined;
    }
    this.open = timed(counted(this.open ?? emptyBucket(startMs), outcome), before, sinceMs);
  }

  addGap(gap: Gap): void {
    if (gap.toMs > gap.fromMs) this.gapRing.push(gap);
  }

  /** Share of the judged time that was up or degraded, 0 to 1; undefined when none was judged since `fromMs`. */
  uptime(fromMs: number): number | undefined {
    const recent = this.buckets.filter(bucket => bucket.startMs + bucketMs > fromMs);
    const good = recent.reduce((sum, bucket) => sum + bucket.goodMs, 0);
    const bad = recent.reduce((sum, bucket) => sum + bucket.badMs, 0);
    return good + bad === 0 ? undefined : good / (good + bad);
  }

  toSaved(sampleCount: number): SavedHistory {
    return {
      samples: this.samples.slice(-sampleCount),
      buckets: this.buckets.slice(-limits.buckets),
      failures: this.failures,
      gaps: this.gaps,
    };
  }

  private addFailure(last: ProbeOutcome, isContinued: boolean): void {
    const run = this.failureRing.last();
    if (isContinued && run?.last.seen === last.seen && run.last.wanted === last.wanted)
      this.failureRing.replaceLast({ last, firstMs: run.firstMs, count: run.count + 1 });
    else this.failureRing.push({ last, firstMs: last.atMs, count: 1 });
  }
}

function emptyBucket(startMs: number): Bucket {
  return {
    startMs,
    up: 0,
    degraded: 0,
    down: 0,
    unknown: 0,
    minMs: 0,
    maxMs: 0,
    sumMs: 0,
    goodMs: 0,
    badMs: 0,
  };
}

/** Latency counts only where somebody answered. */
function counted(bucket: Bucket, { verdict, tookMs }: ProbeOutcome): Bucket {
  const next = { ...bucket, [verdict]: bucket[verdict] + 1 };
  if (verdict !== 'up' && verdict !== 'degraded') return next;
  const isFirst = bucket.up + bucket.degraded === 0;
  return {
    ...next,
    minMs: isFirst ? tookMs : Math.min(bucket.minMs, tookMs),
    maxMs: Math.max(bucket.maxMs, tookMs),
    sumMs: bucket.sumMs + tookMs,
  };
}

/** Each check speaks until the next one; those that nobody can judge speak for neither side. */
function timed(bucket: Bucket, before: Verdict | undefined, sinceMs: number): Bucket {
  if (before === 'down') return { ...bucket, badMs: bucket.badMs + sinceMs };
  if (before === 'up' || before === 'degraded') return { ...bucket, goodMs: bucket.goodMs + sinceMs };
  return bucket;
}
