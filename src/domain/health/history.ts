import { Ring } from '../../base/ring.ts';
import type { Bucket, FailureRun, Gap, Sample } from './historyModel.ts';
import type { ProbeOutcome, Verdict } from './model.ts';
import { bucketText, parseBucket, parseSamples, type SavedHistory, samplesText } from './savedHistory.ts';

export const bucketMs = 300_000;
const limits = { samples: 360, buckets: 288, failures: 20, gaps: 50 } as const;

/** The past of one probe, bounded: samples (one hour at 10 s), 24 h of buckets, failures kept apart from successes. */
export class ProbeHistory {
  private readonly sampleRing = new Ring<Sample>(limits.samples);
  private readonly bucketRing = new Ring<Bucket>(limits.buckets);
  private readonly failureRing = new Ring<FailureRun>(limits.failures);
  private readonly gapRing = new Ring<Gap>(limits.gaps);
  private open: Bucket | undefined;
  /** Closed buckets as they are saved: each is written once, not at each saving. */
  private readonly closed = new Ring<string>(limits.buckets);
  private closedText: string | undefined;

  /** Not read yet: what another window sends every two seconds is mostly never looked at. */
  private unread: SavedHistory | undefined;

  constructor(saved?: SavedHistory) {
    this.unread = saved;
    for (const failure of saved?.failures ?? []) this.failureRing.push(failure);
    for (const gap of saved?.gaps ?? []) this.gapRing.push(gap);
  }

  get samples(): readonly Sample[] {
    this.readSaved();
    return this.sampleRing.toArray();
  }

  get buckets(): readonly Bucket[] {
    this.readSaved();
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
    this.readSaved();
    const before = this.sampleRing.last()?.verdict;
    this.sampleRing.push({ atMs: outcome.atMs, verdict: outcome.verdict, tookMs: outcome.tookMs });
    if (outcome.verdict === 'down') this.addFailure(outcome, before === 'down');
    const startMs = Math.floor(outcome.atMs / bucketMs) * bucketMs;
    if (this.open !== undefined && this.open.startMs !== startMs) {
      this.close(this.open);
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

  /** How much of the time since `fromMs` was judged. */
  judgedMs(fromMs: number): number {
    const recent = this.buckets.filter(bucket => bucket.startMs + bucketMs > fromMs);
    return recent.reduce((sum, bucket) => sum + bucket.goodMs + bucket.badMs, 0);
  }

  toSaved(sampleCount: number): SavedHistory {
    if (this.unread !== undefined) return { ...this.unread, failures: this.failures, gaps: this.gaps };
    this.closedText ??= this.closed.toArray().join(';');
    const open = this.open === undefined ? '' : bucketText(this.open);
    return {
      samples: samplesText(this.samples.slice(-sampleCount)),
      buckets: [this.closedText, open].filter(text => text !== '').join(';'),
      failures: this.failures,
      gaps: this.gaps,
    };
  }

  private readSaved(): void {
    const saved = this.unread;
    if (saved === undefined) return;
    this.unread = undefined;
    for (const sample of parseSamples(saved.samples)) this.sampleRing.push(sample);
    for (const text of saved.buckets.split(';')) {
      const bucket = parseBucket(text);
      if (bucket !== undefined) this.close(bucket, text);
    }
  }

  private close(bucket: Bucket, text = bucketText(bucket)): void {
    this.bucketRing.push(bucket);
    this.closed.push(text);
    this.closedText = undefined;
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
