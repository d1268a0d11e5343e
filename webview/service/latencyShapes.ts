import { scaleLinear } from 'd3-scale';
import type { ProbeKind } from '../../src/domain/health/model.ts';
import type { LatencyBucket, LatencyPoint, ShownGap } from '../../src/shared/serviceProtocol.ts';
import { type TimeView, toX } from '../timeline/timeView.ts';

export interface LatencyScale {
  readonly topMs: number;
  readonly ticks: readonly number[];
  y(ms: number): number;
}

/** How long an engine took to tell about a container says nothing about the container. */
export function hasLatency(kind: ProbeKind): boolean {
  return !['container', 'engine', 'host', 'kubernetes'].includes(kind);
}

/** Round top, so that the line does not touch it; at least 1 ms, so that a quiet local service is not drawn as noise. */
export function latencyScale(values: readonly number[], heightPx: number): LatencyScale {
  const scale = scaleLinear()
    .domain([0, Math.max(1, ...values)])
    .nice(3);
  const topMs = scale.domain()[1] ?? 1;
  return {
    topMs,
    ticks: scale.ticks(3).filter(tick => tick > 0),
    y: ms => heightPx - (ms / topMs) * heightPx,
  };
}

/**
 * The line through the checks that were answered. It breaks where a check failed, where nobody looked, and where two
 * checks are further apart than three intervals: a line across such a place would claim what nobody measured.
 */
export function latencyPath(
  points: readonly LatencyPoint[],
  gaps: readonly ShownGap[],
  everyMs: number,
  place: { readonly view: TimeView; readonly scale: LatencyScale },
): string {
  let path = '';
  let before: LatencyPoint | undefined;
  for (const point of points) {
    const isAnswered = point.verdict === 'up' || point.verdict === 'degraded';
    if (isAnswered) {
      const isJoined =
        before !== undefined &&
        point.atMs - before.atMs <= 3 * everyMs &&
        !gaps.some(gap => gap.fromMs < point.atMs && gap.toMs > (before?.atMs ?? 0));
      const x = toX(place.view, point.atMs).toFixed(1);
      const y = place.scale.y(point.tookMs).toFixed(1);
      // A lone point is drawn as a dot by its round line ends.
      path += isJoined ? `L${x} ${y}` : `M${x} ${y}h0`;
    }
    before = isAnswered ? point : undefined;
  }
  return path;
}

/** Least to most of each five minutes, with its mean as a line in between. */
export function bucketPaths(
  buckets: readonly LatencyBucket[],
  place: { readonly view: TimeView; readonly scale: LatencyScale },
): { readonly range: string; readonly mean: string } {
  const { view, scale } = place;
  let range = '';
  let mean = '';
  let beforeMs = Number.NEGATIVE_INFINITY;
  for (const { startMs, minMs, meanMs, maxMs } of buckets) {
    const x = toX(view, startMs + 150_000).toFixed(1);
    range += `M${x} ${scale.y(minMs).toFixed(1)}V${(scale.y(maxMs) - 0.5).toFixed(1)}`;
    mean += `${startMs - beforeMs > 300_000 ? 'M' : 'L'}${x} ${scale.y(meanMs).toFixed(1)}`;
    if (startMs - beforeMs > 300_000) mean += 'h0';
    beforeMs = startMs;
  }
  return { range, mean };
}

export interface LatencySummary {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Of the checks that were answered: how long a refusal took says nothing about the service's speed. */
export function summarise(points: readonly LatencyPoint[]): LatencySummary | undefined {
  const sorted = points
    .filter(({ verdict }) => verdict === 'up' || verdict === 'degraded')
    .map(({ tookMs }) => tookMs)
    .sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [medianMs, p95Ms, maxMs] = [at(0.5), at(0.95), sorted.at(-1)];
  if (medianMs === undefined || p95Ms === undefined || maxMs === undefined) return undefined;
  return { medianMs, p95Ms, maxMs };
}
