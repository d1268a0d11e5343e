import type { Lane, LaneSpan } from '../../src/domain/incident/model.ts';
import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { isKey } from './rowFilter.ts';
import { type TimeView, toX } from './timeView.ts';

export interface SpanShape {
  readonly x: number;
  readonly width: number;
  readonly state: LaneSpan['state'];
  readonly span: LaneSpan;
}

/** Higher wins a pixel that several states share: a blink of red must stay visible at any zoom. */
const weight: Readonly<Record<LaneSpan['state'], number>> = {
  up: 0,
  gap: 1,
  unknown: 2,
  stale: 2,
  pending: 3,
  degraded: 4,
  blocked: 5,
  down: 6,
};

const narrowestPx = 1.5;

/** The spans in view as boxes; those narrower than a pixel and a half are one box of their worst state. */
export function toShapes(lane: Lane, view: TimeView, nowMs: number): readonly SpanShape[] {
  const shapes: SpanShape[] = [];
  for (const span of lane.spans) {
    const untilMs = span.untilMs ?? nowMs;
    if (untilMs < view.fromMs || span.fromMs > view.untilMs) continue;
    const x = Math.max(0, toX(view, span.fromMs));
    const end = Math.min(view.widthPx, toX(view, untilMs));
    const shape = { x, width: Math.max(end - x, 0), state: span.state, span };
    const last = shapes.at(-1);
    const isCrowded = last && shape.width < narrowestPx && x - last.x < narrowestPx;
    if (!isCrowded) shapes.push({ ...shape, width: Math.max(shape.width, narrowestPx) });
    else if (weight[shape.state] > weight[last.state])
      shapes[shapes.length - 1] = { ...last, ...keep(shape) };
  }
  return shapes;
}

function keep({ state, span }: SpanShape): Pick<SpanShape, 'state' | 'span'> {
  return { state, span };
}

export function stateAt(lane: Lane, atMs: number, nowMs: number): LaneSpan | undefined {
  return lane.spans.find(span => span.fromMs <= atMs && atMs < (span.untilMs ?? nowMs + 1));
}

export interface Mark {
  readonly x: number;
  readonly rows: readonly TimelineRow[];
}

/** Key entries as dots, those closer than 9 px as one. */
export function toMarks(rows: readonly TimelineRow[], view: TimeView): readonly Mark[] {
  const marks: { x: number; rows: TimelineRow[] }[] = [];
  for (const row of rows) {
    if (!isKey(row) || row.isRetracted || row.atMs < view.fromMs || row.atMs > view.untilMs) continue;
    const x = toX(view, row.atMs);
    const last = marks.at(-1);
    if (last && x - last.x < 9) last.rows.push(row);
    else marks.push({ x, rows: [row] });
  }
  return marks;
}

/** How many entries fall into each stretch of `binPx`, as shares of the fullest one. */
export function toDensity(rows: readonly TimelineRow[], view: TimeView, binPx: number): readonly number[] {
  const bins = new Array<number>(Math.max(1, Math.ceil(view.widthPx / binPx))).fill(0);
  for (const row of rows) {
    const index = Math.floor(toX(view, row.atMs) / binPx);
    const count = bins[index];
    if (count !== undefined) bins[index] = count + 1;
  }
  const most = Math.max(...bins);
  // Square root: one lonely entry must still be seen beside a burst of thousands.
  return most === 0 ? bins : bins.map(count => Math.sqrt(count / most));
}
