import type { Entry, Incident, LaneSpan } from '../incident/model.ts';
import { escapeText, toCode } from './escape.ts';
import type { Zone } from './zone.ts';

interface Interval {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Shorter spells of health are a service on its way up or down, not a recovery. */
const sustainedMs = 5 * 60_000;

/**
 * The state-changing steps that ended well between the last sustained health before the outage and the last
 * recovery: what, as far as the journal knows, brought the services back. Empty while they are not back.
 */
export function resolvingSteps(incident: Incident): Entry[] {
  const outage = lastOutage(incident);
  // While a service is still down nothing has resolved anything, whatever its exit code.
  if (outage === undefined || outage.untilMs === Number.POSITIVE_INFINITY) return [];
  const steps = incident.entries.filter(
    entry =>
      !entry.isRetracted &&
      entry.step?.isChange === true &&
      entry.step.exitCode === 0 &&
      entry.atMs >= outage.fromMs &&
      entry.atMs <= outage.untilMs,
  );
  return steps.sort((a, b) => a.atMs - b.atMs);
}

/** One line per step: `10:09 \`docker-compose restart redis\` (exit 0)`. */
export function renderSteps(steps: readonly Entry[], zone: Zone): string[] {
  return steps.map(entry => {
    const command = entry.step?.command ?? '';
    const lines = command.trim().split('\n');
    const shown = lines.length > 1 ? `${lines[0]} …` : command;
    return `${zone.timeOf(entry.atMs)} ${shown === '' ? escapeText(entry.event) : toCode(shown)} (exit 0)`;
  });
}

function lastOutage(incident: Incident): Interval | undefined {
  const own = incident.lanes.filter(lane => incident.services.includes(lane.serviceId));
  const lanes = own.length > 0 ? own : incident.lanes;
  const sick = lanes.flatMap(lane => toSickIntervals(lane.spans)).sort((a, b) => a.fromMs - b.fromMs);
  return sick.reduce<Interval | undefined>((outage, next) => {
    if (outage === undefined || next.fromMs - outage.untilMs > sustainedMs) return next;
    return { fromMs: outage.fromMs, untilMs: Math.max(outage.untilMs, next.untilMs) };
  }, undefined);
}

/** From the first bad state to the next `up`: what was not measured in between does not end an outage. */
function toSickIntervals(spans: readonly LaneSpan[]): Interval[] {
  const intervals: Interval[] = [];
  let fromMs: number | undefined;
  for (const span of spans) {
    if (['down', 'degraded', 'blocked'].includes(span.state)) fromMs ??= span.fromMs;
    if (span.state !== 'up' || fromMs === undefined) continue;
    intervals.push({ fromMs, untilMs: span.fromMs });
    fromMs = undefined;
  }
  if (fromMs !== undefined) intervals.push({ fromMs, untilMs: Number.POSITIVE_INFINITY });
  return intervals;
}
