import type { ProbeView } from '../../src/shared/serviceProtocol.ts';
import { svg } from '../dom.ts';
import { toDurationText } from '../duration.ts';
import { toShapes } from '../timeline/laneShapes.ts';
import { type TimeView, ticks, toX } from '../timeline/timeView.ts';
import type { Zone } from '../zone.ts';
import { bucketPaths, hasLatency, latencyPath, latencyScale } from './latencyShapes.ts';

export type Span = 'minutes' | 'hour' | 'day';

export const spanMs: Readonly<Record<Span, number>> = {
  minutes: 900_000,
  hour: 3_600_000,
  day: 86_400_000,
};

export const spanNames: Readonly<Record<Span, string>> = {
  minutes: 'last 15 minutes',
  hour: 'last hour',
  day: 'last day',
};

export interface ChartPlace {
  readonly view: TimeView;
  readonly zone: Zone;
  readonly nowMs: number;
  readonly span: Span;
}

const lanePx = 12;
const plotTop = lanePx + 15;
const fullPlotPx = 72;
/** Room for the ticks of failures where nobody ever answered. */
const emptyPlotPx = 10;
const axisPx = 18;

/** State lane above, latency below, on one time axis. Where nothing was measured both are empty. */
export function drawProbeChart(probe: ProbeView, place: ChartPlace): SVGSVGElement {
  const width = place.view.widthPx;
  const values = shownLatencies(probe, place);
  const plotPx = !hasLatency(probe.kind) ? 0 : values.length > 0 ? fullPlotPx : emptyPlotPx;
  return svg(
    'svg',
    {
      class: 'chart',
      width,
      height: (plotPx > 0 ? plotTop : lanePx) + plotPx + axisPx,
      role: 'img',
      'aria-label': `States and latency of ${probe.title} over the ${spanNames[place.span]}`,
    },
    lane(probe, place),
    latency(probe, place, { values, plotPx }),
    axis(place, (plotPx > 0 ? plotTop : lanePx) + plotPx),
  );
}

function lane(probe: ProbeView, { view, nowMs, span }: ChartPlace): SVGGElement {
  const group = svg('g', { class: 'lane' });
  group.append(svg('rect', { class: 'bed', x: 0, y: 0, width: view.widthPx, height: lanePx, rx: 2 }));
  const spans = span === 'day' ? probe.dayLane : probe.hourLane;
  for (const shape of toShapes({ serviceId: probe.id, title: probe.title, spans }, view, nowMs)) {
    const { x, width, state } = shape;
    const rect = svg('rect', {
      class: `span state-${state}`,
      x,
      y: 0,
      width,
      height: lanePx,
      rx: width > 6 ? 2 : 0,
    });
    const untilMs = shape.span.untilMs ?? nowMs;
    const word = state === 'gap' ? 'no data' : state;
    rect.append(svg('title', {}, `${word} for ${toDurationText(untilMs - shape.span.fromMs)}`));
    group.append(rect);
  }
  return group;
}

function shownLatencies(probe: ProbeView, { view, span }: ChartPlace): readonly number[] {
  if (!hasLatency(probe.kind)) return [];
  if (span === 'day') return probe.buckets.map(one => one.maxMs);
  return probe.points
    .filter(({ atMs, verdict }) => atMs >= view.fromMs && (verdict === 'up' || verdict === 'degraded'))
    .map(point => point.tookMs);
}

interface Plot {
  readonly values: readonly number[];
  readonly plotPx: number;
}

function latency(probe: ProbeView, { view, span }: ChartPlace, { values, plotPx }: Plot): SVGGElement {
  const shown = probe.points.filter(point => point.atMs >= view.fromMs);
  const scale = latencyScale(values, plotPx);
  const group = svg('g', { class: 'latency', transform: `translate(0 ${plotTop})` });
  if (values.length > 0)
    group.append(...scale.ticks.flatMap(tick => gridLine(tick, scale.y(tick), view.widthPx)));
  if (values.length === 0) {
    // Nobody answered, or how fast it was says nothing.
  } else if (span !== 'day') {
    const d = latencyPath(shown, probe.gaps, probe.everyMs, { view, scale });
    group.append(svg('path', { class: 'line', d: d || 'M0 0' }));
  } else {
    const paths = bucketPaths(probe.buckets, { view, scale });
    group.append(svg('path', { class: 'range', d: paths.range || 'M0 0' }));
    group.append(svg('path', { class: 'line', d: paths.mean || 'M0 0' }));
  }
  if (plotPx > 0) group.append(...failureTicks(probe, view, plotPx));
  return group;
}

function gridLine(tickMs: number, y: number, width: number): readonly SVGElement[] {
  return [
    svg('line', { class: 'grid', x1: 0, x2: width, y1: y, y2: y }),
    svg('text', { x: 2, y: y - 2 }, toDurationText(tickMs)),
  ];
}

function failureTicks(probe: ProbeView, view: TimeView, plotPx: number): readonly SVGElement[] {
  return probe.failures.flatMap(failure => {
    const x = Math.max(0, toX(view, failure.firstMs) - 1);
    const end = Math.min(view.widthPx, toX(view, failure.atMs) + 1);
    if (end < 0 || x > view.widthPx) return [];
    const tick = svg('rect', { class: 'failure', x, y: plotPx - 5, width: Math.max(2, end - x), height: 5 });
    tick.append(svg('title', {}, failure.seen));
    return [tick];
  });
}

function axis({ view, zone }: ChartPlace, bottom: number): SVGGElement {
  const labels = ticks(view, zone).flatMap(({ atMs, text }) => {
    const x = toX(view, atMs);
    if (x < 18 || x > view.widthPx - 18) return [];
    return [svg('text', { x, y: bottom + 13, 'text-anchor': 'middle' }, text)];
  });
  return svg('g', { class: 'axis' }, ...labels);
}
