import type { Incident, Lane, LaneSpan } from '../incident/model.ts';
import { endMs, impactStartMs } from './milestones.ts';
import { toZone, type Zone } from './zone.ts';

export interface ChartOptions {
  readonly timeZone: string;
  readonly nowMs: number;
}

interface Frame {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly zone: Zone;
}

const width = 960;
const labelWidth = 160;
const laneHeight = 26;
const top = 44;
const marginMs = 5 * 60_000;

// Told apart without colour as well: every stretch carries its state as a title, bad ones a pattern of height.
const fills: Readonly<Record<LaneSpan['state'], string>> = {
  up: '#2e9e5b',
  degraded: '#c98a00',
  pending: '#e0b040',
  down: '#d13438',
  blocked: '#8764b8',
  unknown: '#a0a0a0',
  stale: '#c8c8c8',
  gap: 'none',
};

/**
 * The services' states over the incident as one SVG picture without references to anything outside. Where nothing
 * was measured nothing is drawn. Undefined when there are no lanes.
 */
export function toImpactChart(incident: Incident, options: ChartOptions): string | undefined {
  const zone = toZone(options.timeZone);
  const { lanes } = incident;
  const startMs = impactStartMs(incident) ?? lanes[0]?.spans[0]?.fromMs;
  if (lanes.length === 0 || startMs === undefined) return undefined;
  const untilMs = Math.max(endMs(incident) ?? options.nowMs, startMs) + marginMs;
  const frame: Frame = { fromMs: startMs - marginMs, untilMs, zone };
  const height = top + lanes.length * laneHeight + 36;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"`,
    '  aria-labelledby="title desc" font-family="sans-serif" font-size="12">',
    `<title id="title">${escapeXml(`Impact of ${incident.isDrill ? '[DRILL] ' : ''}${incident.title}`)}</title>`,
    `<desc id="desc">${escapeXml(describe(lanes, frame))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...lanes.flatMap((lane, index) => toLane(lane, top + index * laneHeight, frame)),
    ...toMilestones(incident, frame, height),
    ...toAxis(frame, height),
    '</svg>',
    '',
  ].join('\n');
}

function toLane(lane: Lane, y: number, frame: Frame): string[] {
  const label = lane.title.length > 22 ? `${lane.title.slice(0, 21)}…` : lane.title;
  return [
    `<text x="8" y="${y + 16}" fill="#222222">${escapeXml(label)}</text>`,
    ...lane.spans.flatMap(span => {
      const from = Math.max(span.fromMs, frame.fromMs);
      const until = Math.min(span.untilMs ?? frame.untilMs, frame.untilMs);
      if (until <= from || fills[span.state] === 'none') return [];
      const isBad = ['down', 'blocked', 'degraded'].includes(span.state);
      const [x, end] = [toX(from, frame), toX(until, frame)];
      const size = isBad ? laneHeight - 6 : laneHeight - 16;
      const times = `${frame.zone.timeOf(from)}–${frame.zone.timeOf(until)}`;
      return [
        `<rect x="${x}" y="${y + (laneHeight - size) / 2}" width="${Math.max(1, end - x)}" height="${size}" ` +
          `fill="${fills[span.state]}"><title>${escapeXml(`${lane.title}: ${span.state}, ${times}`)}</title></rect>`,
      ];
    }),
  ];
}

function toMilestones(incident: Incident, frame: Frame, height: number): string[] {
  let lastX = -100;
  let row = 0;
  return incident.milestones
    .filter(({ atMs }) => atMs >= frame.fromMs && atMs <= frame.untilMs)
    .toSorted((a, b) => a.atMs - b.atMs)
    .flatMap(({ name, atMs }) => {
      const x = toX(atMs, frame);
      // Labels that would cover each other take turns on three lines.
      row = x - lastX < 80 ? (row + 1) % 3 : 0;
      lastX = x;
      return [
        `<line x1="${x}" y1="${top - 4}" x2="${x}" y2="${height - 28}" stroke="#555555" stroke-dasharray="3 3"/>`,
        `<text x="${x}" y="${12 + row * 12}" text-anchor="middle" fill="#222222">${name}</text>`,
      ];
    });
}

function toAxis(frame: Frame, height: number): string[] {
  const count = 6;
  const step = (frame.untilMs - frame.fromMs) / count;
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const atMs = frame.fromMs + index * step;
    return `<text x="${toX(atMs, frame)}" y="${height - 14}" text-anchor="middle" fill="#555555">${frame.zone.timeOf(atMs)}</text>`;
  });
  const day = `${frame.zone.dateOf(frame.fromMs)} ${frame.zone.label}`;
  return [...ticks, `<text x="8" y="${height - 14}" fill="#555555">${escapeXml(day)}</text>`];
}

function toX(atMs: number, { fromMs, untilMs }: Frame): number {
  const share = (atMs - fromMs) / (untilMs - fromMs);
  return Math.round((labelWidth + share * (width - labelWidth - 30)) * 10) / 10;
}

function describe(lanes: readonly Lane[], { zone, fromMs, untilMs }: Frame): string {
  const span = `From ${zone.dateOf(fromMs)} ${zone.timeOf(fromMs)} to ${zone.timeOf(untilMs)} ${zone.label}.`;
  const services = lanes.map(({ title, spans }) => {
    const bad = spans.filter(({ state }) => ['down', 'degraded', 'blocked'].includes(state));
    if (bad.length === 0) return `${title}: no failure measured.`;
    const texts = bad.map(
      ({ state, fromMs: from, untilMs: until }) =>
        `${state} from ${zone.timeOf(from)}${until === undefined ? ' on' : ` to ${zone.timeOf(until)}`}`,
    );
    return `${title}: ${texts.join(', ')}.`;
  });
  return [span, ...services].join(' ');
}

function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
