import type { Lane, LaneSpan } from './model.ts';

export interface StateThen {
  readonly serviceId: string;
  readonly title: string;
  /** `gap` where nothing was measured at that moment. */
  readonly state: LaneSpan['state'];
  readonly sinceMs: number | undefined;
}

/** Every service as it stood at a moment; spans hold their beginning and not their end. */
export function statesAt(lanes: readonly Lane[], atMs: number): readonly StateThen[] {
  return lanes.map(({ serviceId, title, spans }) => {
    const span = spans.findLast(
      ({ fromMs, untilMs }) => fromMs <= atMs && (untilMs === undefined || atMs < untilMs),
    );
    return { serviceId, title, state: span?.state ?? 'gap', sinceMs: span?.fromMs };
  });
}
