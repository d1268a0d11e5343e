import type { HeaderMoment, TimelineHeader } from '../../src/shared/timelineProtocol.ts';

/** What the header said at a moment; undefined before the incident was declared. */
export function headerAt({ moments }: TimelineHeader, atMs: number): HeaderMoment | undefined {
  return moments.findLast(moment => moment.atMs <= atMs);
}

/** How long it had been open by then; undefined before it began, and where its beginning is unknown. */
export function openMsAt(
  { openSinceMs, openUntilMs = Number.POSITIVE_INFINITY }: TimelineHeader,
  atMs: number,
): number | undefined {
  if (openSinceMs === undefined || atMs < openSinceMs) return undefined;
  return Math.min(atMs, openUntilMs) - openSinceMs;
}
