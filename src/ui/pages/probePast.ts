import type { Bucket, FailureRun } from '../../domain/health/historyModel.ts';
import type { Verdict } from '../../domain/health/model.ts';
import type { LaneSpan } from '../../domain/incident/model.ts';
import type { LatencyBucket } from '../../shared/serviceProtocol.ts';

/** What the page needs of a probe's history; `ProbeHistory` has this shape. */
export interface ProbePast {
  readonly samples: readonly { readonly atMs: number; readonly verdict: Verdict; readonly tookMs: number }[];
  readonly buckets: readonly PastBucket[];
  readonly failures: readonly FailureRun[];
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly reason: string }[];
  uptime(fromMs: number): number | undefined;
  judgedMs(fromMs: number): number;
}

export type PastBucket = Omit<Bucket, 'goodMs' | 'badMs'>;

const bucketMs = 300_000;

interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly state: LaneSpan['state'];
}

/** Each check speaks until the next one, but not for longer than two intervals: after that nobody looked. */
export function toHourLane(past: ProbePast, everyMs: number, nowMs: number): readonly LaneSpan[] {
  const { samples } = past;
  return toSpans(
    samples.map(({ atMs, verdict }, index) => {
      const nextMs = samples[index + 1]?.atMs ?? nowMs;
      return { fromMs: atMs, untilMs: Math.min(nextMs, atMs + 2 * everyMs), state: verdict };
    }),
  );
}

export function toDayLane(past: ProbePast, nowMs: number): readonly LaneSpan[] {
  return toSpans(
    past.buckets.map(bucket => ({
      fromMs: bucket.startMs,
      untilMs: Math.min(bucket.startMs + bucketMs, nowMs),
      state: stateOf(bucket),
    })),
  );
}

export function toLatencyBuckets(past: ProbePast): readonly LatencyBucket[] {
  return past.buckets.flatMap(({ startMs, up, degraded, minMs, maxMs, sumMs }) => {
    const answered = up + degraded;
    return answered === 0 ? [] : [{ startMs, minMs, maxMs, meanMs: sumMs / answered }];
  });
}

/** One failed check among many good ones is a blemish, not an outage. */
function stateOf({ up, degraded, down }: PastBucket): LaneSpan['state'] {
  if (down > 0) return up + degraded === 0 ? 'down' : 'degraded';
  if (degraded > 0) return 'degraded';
  return up > 0 ? 'up' : 'unknown';
}

/** Joins neighbours of one state and fills what lies between with `gap`. */
function toSpans(stretches: readonly Stretch[]): readonly LaneSpan[] {
  const spans: { fromMs: number; untilMs: number; state: LaneSpan['state'] }[] = [];
  for (const { fromMs, untilMs, state } of stretches) {
    const last = spans.at(-1);
    if (last && fromMs > last.untilMs) spans.push({ fromMs: last.untilMs, untilMs: fromMs, state: 'gap' });
    const before = spans.at(-1);
    if (before?.state === state && before.untilMs === fromMs) before.untilMs = untilMs;
    else spans.push({ fromMs, untilMs, state });
  }
  return spans;
}
