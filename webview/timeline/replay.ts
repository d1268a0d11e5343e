import type { Lane } from '../../src/domain/incident/model.ts';
import { type StateThen, statesAt } from '../../src/domain/incident/statesAt.ts';
import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';

/** The moments at which something happened, each once, oldest first: every change of a service and every row shown. */
export function toMoments(rows: readonly TimelineRow[], lanes: readonly Lane[]): readonly number[] {
  const times = [
    ...rows.filter(({ isRetracted }) => isRetracted !== true).map(({ atMs }) => atMs),
    ...lanes.flatMap(({ spans }) => spans.map(({ fromMs }) => fromMs)),
  ];
  return [...new Set(times)].sort((a, b) => a - b);
}

/** The next moment behind `atMs`, or before it; the outermost one where there is none. */
export function stepFrom(moments: readonly number[], atMs: number, direction: 1 | -1): number {
  const next =
    direction === 1 ? moments.find(moment => moment > atMs) : moments.findLast(moment => moment < atMs);
  return next ?? Math.min(Math.max(atMs, moments[0] ?? atMs), moments.at(-1) ?? atMs);
}

/** What a screen reader says of a moment: `10:02:07: TestGen blocked, Postgres down`. */
export function spokenMoment(time: string, lanes: readonly Lane[], atMs: number): string {
  const states = statesAt(lanes, atMs).map(then => `${then.title} ${wordOf(then)}`);
  return states.length === 0 ? time : `${time}: ${states.join(', ')}`;
}

function wordOf({ state }: StateThen): string {
  return state === 'gap' ? 'not measured' : state;
}
