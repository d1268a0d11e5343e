import type { Lane } from '../../src/domain/incident/model.ts';
import type { TimelineMilestone, TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { element, replaceChildren, svg } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import type { Zone } from '../zone.ts';
import { toDensity, toMarks, toShapes } from './laneShapes.ts';
import { isKey, type TimeRange } from './rowFilter.ts';
import { type TimeView, ticks, toX } from './timeView.ts';

export interface ChartModel {
  readonly view: TimeView;
  readonly lanes: readonly Lane[];
  readonly rows: readonly TimelineRow[];
  readonly milestones: readonly TimelineMilestone[];
  readonly zone: Zone;
  readonly nowMs: number;
  readonly isLive: boolean;
  readonly range: TimeRange | undefined;
  /** Set while the incident is replayed: what comes later is veiled. */
  readonly replayMs: number | undefined;
}

export const axisPx = 20;
export const lanePx = 24;
const barPx = 14;
const marksPx = 30;
const labelsPx = 16;

export function chartHeight(laneCount: number): number {
  return axisPx + laneCount * lanePx + marksPx + labelsPx;
}

/** Draws the whole chart anew: a few hundred shapes, well within a frame. */
export function drawChart(node: SVGSVGElement, model: ChartModel): void {
  const height = chartHeight(model.lanes.length);
  node.setAttribute('width', String(model.view.widthPx));
  node.setAttribute('height', String(height));
  replaceChildren(
    node,
    hatches(),
    axis(model),
    ...model.lanes.map((lane, index) => laneOf(lane, index, model)),
    density(model),
    milestoneLines(model),
    nowLine(model),
    marks(model),
    brush(model, height),
    veil(model, height),
  );
}

/** Used by the high-contrast themes, where one colour must not be all that tells two states apart. */
function hatches(): SVGDefsElement {
  const hatch = (id: string, d: string) =>
    svg(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
      svg('path', { d, class: 'hatch', 'stroke-width': 1.2 }),
    );
  return svg(
    'defs',
    {},
    hatch('hatch-warn', 'M-1 7 7 -1M2 10 10 2M-4 4 4 -4'),
    hatch('hatch-blocked', 'M0 3H6M3 0V6'),
  );
}

function axis({ view, zone }: ChartModel): SVGGElement {
  const labels = ticks(view, zone).flatMap(({ atMs, text }) => {
    const x = toX(view, atMs);
    if (x < 0 || x > view.widthPx) return [];
    const anchor = x < 20 ? 'start' : x > view.widthPx - 24 ? 'end' : 'middle';
    return [
      svg('line', { class: 'tick', x1: x, x2: x, y1: axisPx - 5, y2: axisPx - 1 }),
      svg('text', { x, y: 11, 'text-anchor': anchor }, text),
    ];
  });
  return svg('g', { class: 'axis' }, ...labels);
}

function laneOf(lane: Lane, index: number, model: ChartModel): SVGGElement {
  const y = axisPx + index * lanePx + (lanePx - barPx) / 2;
  const group = svg('g', { class: 'lane' });
  group.append(svg('rect', { class: 'bed', x: 0, y, width: model.view.widthPx, height: barPx, rx: 2 }));
  for (const { x, width, state, span } of toShapes(lane, model.view, model.nowMs)) {
    const rx = width > 6 ? 2 : 0;
    group.append(svg('rect', { class: `span state-${state}`, x, y, width, height: barPx, rx }));
    const text = spanText(state, (span.untilMs ?? model.nowMs) - span.fromMs, width);
    if (text) group.append(svg('text', { class: `in-${state}`, x: x + 6, y: y + barPx - 3.5 }, text));
  }
  return group;
}

function spanText(state: string, tookMs: number, widthPx: number): string | undefined {
  if (state === 'up') return undefined;
  const word = state === 'gap' ? 'no data' : state;
  const full = `${word} ${toDurationText(tookMs)}`;
  if (widthPx > full.length * 6.2 + 12) return full;
  return widthPx > word.length * 6.2 + 10 ? word : undefined;
}

function density({ view, rows, lanes }: ChartModel): SVGPathElement {
  const base = axisPx + lanes.length * lanePx + marksPx - 4;
  const binPx = 4;
  const bars = toDensity(
    rows.filter(row => !isKey(row)),
    view,
    binPx,
  ).flatMap((share, index) =>
    share === 0 ? [] : `M${index * binPx + 2} ${base}V${(base - 3 - share * 14).toFixed(1)}`,
  );
  return svg('path', { class: 'density', d: bars.join('') || 'M0 0' });
}

function milestoneLines({ view, milestones, lanes }: ChartModel): SVGGElement {
  const bottom = axisPx + lanes.length * lanePx + marksPx;
  const group = svg('g', { class: 'milestone-lines' });
  let freeFrom = Number.NEGATIVE_INFINITY;
  const shown = milestones
    .flatMap(({ name, title, atMs }) => (atMs === undefined ? [] : { name, title, atMs }))
    .sort((a, b) => a.atMs - b.atMs);
  for (const { name, title, atMs } of shown) {
    const x = toX(view, atMs);
    if (x < 0 || x > view.widthPx) continue;
    const line = svg('line', { class: `milestone ${name}`, x1: x, x2: x, y1: axisPx - 2, y2: bottom });
    line.append(svg('title', {}, title));
    group.append(line);
    const widthPx = title.length * 6.2;
    // Under its line, or pushed to the right by the one before, as long as it is still near its line.
    const left = Math.max(Math.min(Math.max(x - widthPx / 2, 0), view.widthPx - widthPx), freeFrom + 10);
    if (left > x + 8 || left + widthPx > view.widthPx) continue;
    freeFrom = left + widthPx;
    group.append(svg('text', { x: left, y: bottom + 12 }, title));
  }
  return group;
}

function nowLine({ view, nowMs, isLive, lanes }: ChartModel): SVGElement | undefined {
  const x = toX(view, nowMs);
  if (!isLive || x < 0 || x > view.widthPx) return undefined;
  return svg('line', { class: 'now', x1: x, x2: x, y1: axisPx - 4, y2: axisPx + lanes.length * lanePx + 2 });
}

function marks({ view, rows, lanes }: ChartModel): SVGGElement {
  const y = axisPx + lanes.length * lanePx + 12;
  const nodes = toMarks(rows, view).map(({ x, rows: found }) => {
    const tone = found.find(row => row.tone === 'bad')?.tone ?? found[0]?.tone ?? 'plain';
    const texts = found.slice(0, 5).map(row => row.event);
    const more = found.length > texts.length ? [`and ${found.length - texts.length} more`] : [];
    const r = found.length === 1 ? 4 : Math.min(4 + Math.log2(found.length), 8);
    const circle = svg('circle', { cx: x, cy: y, r, class: `mark tone-${tone}`, 'data-id': found[0]?.id });
    circle.append(svg('title', {}, [...texts, ...more].join('\n')));
    return circle;
  });
  return svg('g', { class: 'marks' }, ...nodes);
}

function brush({ view, range }: ChartModel, height: number): SVGElement | undefined {
  if (!range) return undefined;
  const x = Math.max(0, toX(view, range.fromMs));
  const end = Math.min(view.widthPx, toX(view, range.untilMs));
  if (end < 0 || x > view.widthPx) return undefined;
  const y = axisPx - 4;
  return svg('rect', { class: 'brush', x, y, width: Math.max(end - x, 1), height: height - y - labelsPx });
}

function veil({ view, replayMs }: ChartModel, height: number): SVGGElement | undefined {
  if (replayMs === undefined) return undefined;
  const x = Math.min(Math.max(toX(view, replayMs), 0), view.widthPx);
  const y = axisPx - 4;
  return svg(
    'g',
    { class: 'replay-veil' },
    svg('rect', { x, y, width: view.widthPx - x, height: height - y }),
    svg('line', { x1: x, x2: x, y1: y, y2: height - labelsPx }),
  );
}

export function createLegendDot(state: string): HTMLElement {
  return element('span', { class: `dot state-${state}`, 'aria-hidden': 'true' });
}
