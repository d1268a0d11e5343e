import type { TimelineRow, TimelineSnapshot } from '../../src/shared/timelineProtocol.ts';
import { isKey } from './rowFilter.ts';
import type { TimeView } from './timeView.ts';

const minute = 60_000;

/** All that there is data for. */
export function fullExtent(
  snapshot: TimelineSnapshot,
  rows: readonly TimelineRow[],
  nowMs: number,
): TimeView {
  const { fromMs, untilMs } = fitExtent(snapshot, rows, nowMs);
  const starts = snapshot.lanes.flatMap(lane => lane.spans[0]?.fromMs ?? []);
  const ends = snapshot.lanes.flatMap(lane => lane.spans.at(-1)?.untilMs ?? []);
  return {
    fromMs: Math.min(fromMs, rows[0]?.atMs ?? fromMs, ...starts),
    untilMs: Math.max(untilMs, rows.at(-1)?.atMs ?? untilMs, ...ends),
    widthPx: 1,
  };
}

/** The incident itself with some time before it: what one wants to see first. */
export function fitExtent(snapshot: TimelineSnapshot, rows: readonly TimelineRow[], nowMs: number): TimeView {
  const milestones = snapshot.milestones.flatMap(one => one.atMs ?? []);
  const key = rows.filter(isKey);
  const points = [...milestones, ...[key[0], key.at(-1)].flatMap(row => row?.atMs ?? [])];
  if (points.length === 0) points.push(rows[0]?.atMs ?? nowMs, rows.at(-1)?.atMs ?? nowMs);
  const isOver = snapshot.header.openUntilMs !== undefined;
  const firstMs = Math.min(...points);
  const lastMs = isOver ? Math.max(...points) : Math.max(nowMs, ...points);
  const spanMs = Math.max(lastMs - firstMs, minute);
  const fromMs = Math.min(firstMs, lastMs - spanMs) - spanMs * 0.2;
  return { fromMs, untilMs: lastMs + spanMs * (isOver ? 0.08 : 0.03), widthPx: 1 };
}
