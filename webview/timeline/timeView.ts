import { scaleUtc } from 'd3-scale';
import type { Zone } from '../zone.ts';

/** The stretch of time that the lanes show, and where it lies in pixels. */
export interface TimeView {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly widthPx: number;
}

export interface Tick {
  readonly atMs: number;
  readonly text: string;
}

const shortestMs = 2_000;

export function toX(view: TimeView, atMs: number): number {
  return ((atMs - view.fromMs) / (view.untilMs - view.fromMs)) * view.widthPx;
}

export function toTime(view: TimeView, x: number): number {
  return view.fromMs + (x / view.widthPx) * (view.untilMs - view.fromMs);
}

/** Zooms by `factor` (< 1 goes closer) so that `aroundMs` stays where it is; never beyond `limits`. */
export function zoom(view: TimeView, factor: number, aroundMs: number, limits: TimeView): TimeView {
  const spanMs = view.untilMs - view.fromMs;
  const wantedMs = Math.min(Math.max(spanMs * factor, shortestMs), limits.untilMs - limits.fromMs);
  const share = (aroundMs - view.fromMs) / spanMs;
  const fromMs = aroundMs - share * wantedMs;
  return within({ ...view, fromMs, untilMs: fromMs + wantedMs }, limits);
}

export function pan(view: TimeView, byMs: number, limits: TimeView): TimeView {
  return within({ ...view, fromMs: view.fromMs + byMs, untilMs: view.untilMs + byMs }, limits);
}

/** Moved, not squeezed, when it fits; else all of `limits`. */
export function within(view: TimeView, limits: TimeView): TimeView {
  const spanMs = view.untilMs - view.fromMs;
  if (spanMs >= limits.untilMs - limits.fromMs) return { ...limits, widthPx: view.widthPx };
  const fromMs = Math.min(Math.max(view.fromMs, limits.fromMs), limits.untilMs - spanMs);
  return { ...view, fromMs, untilMs: fromMs + spanMs };
}

/** Round moments of the incident's own zone, about one per 110 px. */
export function ticks(view: TimeView, zone: Zone): readonly Tick[] {
  // d3 finds round UTC moments; shifted by the zone's offset they are round on the zone's clock.
  const offsetMs = zone.offsetMs((view.fromMs + view.untilMs) / 2);
  const scale = scaleUtc().domain([new Date(view.fromMs + offsetMs), new Date(view.untilMs + offsetMs)]);
  const count = Math.max(2, Math.floor(view.widthPx / 110));
  const moments = scale.ticks(count).map(date => date.getTime() - offsetMs);
  const stepMs = (moments[1] ?? view.untilMs) - (moments[0] ?? view.fromMs);
  return moments.map(atMs => ({ atMs, text: tickText(zone, atMs, stepMs) }));
}

function tickText(zone: Zone, atMs: number, stepMs: number): string {
  if (stepMs >= 24 * 3_600_000) return zone.date(atMs).slice(5);
  if (stepMs < 1000) return `${zone.time(atMs)}.${String(Math.round(atMs % 1000)).padStart(3, '0')}`;
  const text = stepMs < 60_000 ? zone.time(atMs) : zone.minute(atMs);
  return text === '00:00' ? zone.date(atMs).slice(5) : text;
}
