import type { Incident } from '../incident/model.ts';
import { endMs, impactStartMs, isOver, milestoneMs } from './milestones.ts';
import { renderSteps, resolvingSteps } from './resolution.ts';
import { toTimeText } from './rows.ts';
import { toDurationText, type Zone } from './zone.ts';

/** Everything that may stand in a review besides its lists; plain text, undefined where it is not known. */
export interface ReviewFacts {
  readonly id: string;
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly total: string | undefined;
  /** `SEV-1` */
  readonly severity: string;
  /** ` (initially SEV-2)`, or empty. */
  readonly severityHistory: string;
  readonly commanders: string | undefined;
  readonly services: string | undefined;
  readonly detected: string | undefined;
  readonly acknowledged: string | undefined;
  readonly mitigated: string | undefined;
  readonly timeToDetect: string | undefined;
  readonly timeToAcknowledge: string | undefined;
  readonly timeToMitigate: string | undefined;
  readonly timeToResolve: string | undefined;
  /** Lines of Markdown, escaped already. */
  readonly resolution: readonly string[];
}

export function toFacts(incident: Incident, zone: Zone, nowMs: number): ReviewFacts {
  const startMs = impactStartMs(incident);
  const at = (name: 'detected' | 'acknowledged' | 'mitigated') => {
    const ms = milestoneMs(incident, name);
    return ms === undefined ? undefined : toTimeText(ms, startMs ?? ms, zone);
  };
  const title = incident.title.trim() === '' ? undefined : incident.title;
  return {
    id: incident.id,
    title: title !== undefined && incident.isDrill ? `[DRILL] ${title}` : title,
    date: startMs === undefined ? undefined : zone.dateOf(startMs),
    ...toSpan(incident, zone, nowMs),
    severity: severityLabel(incident, incident.highestSeverity),
    severityHistory:
      incident.initialSeverity === incident.highestSeverity
        ? ''
        : ` (initially ${severityLabel(incident, incident.initialSeverity)})`,
    commanders: commandersOf(incident),
    services: incident.services.length === 0 ? undefined : incident.services.join(', '),
    detected: at('detected'),
    acknowledged: at('acknowledged'),
    mitigated: at('mitigated'),
    ...toIntervals(incident),
    resolution: renderSteps(resolvingSteps(incident), zone),
  };
}

export function severityLabel(incident: Incident, level: number): string {
  const label = incident.policy.severities.find(severity => severity.level === level)?.label;
  return label === undefined || label.trim() === '' ? `SEV-${level}` : label;
}

function toSpan(incident: Incident, zone: Zone, nowMs: number): Pick<ReviewFacts, 'start' | 'end' | 'total'> {
  const startMs = impactStartMs(incident);
  if (startMs === undefined) return { start: undefined, end: undefined, total: undefined };
  const stopMs = endMs(incident);
  // The zone stands once, behind the last time of the span.
  const offset = (atMs: number) =>
    zone.offsetOf(startMs) === zone.offsetOf(stopMs ?? startMs) ? '' : ` (${zone.offsetOf(atMs)})`;
  const from = `${zone.dateOf(startMs)} ${zone.timeOf(startMs)}${offset(startMs)}`;
  const source = milestoneMs(incident, 'impactStart') === undefined ? ` (${startSource(incident)})` : '';
  if (stopMs === undefined) {
    if (isOver(incident))
      return { start: `${from} ${zone.label}${source}`, end: undefined, total: undefined };
    const soFar = toDurationText(nowMs - startMs);
    const total = soFar === undefined ? undefined : `${soFar} so far`;
    return { start: `${from} ${zone.label}${source}`, end: 'ongoing', total };
  }
  const total = toDurationText(stopMs - startMs);
  if (total === undefined) return { start: undefined, end: undefined, total: undefined };
  const date = zone.dateOf(stopMs) === zone.dateOf(startMs) ? '' : `${zone.dateOf(stopMs)} `;
  const to = `${date}${zone.timeOf(stopMs)}${offset(stopMs)} ${zone.label}`;
  return { start: `${from}${source}`, end: to, total };
}

function startSource(incident: Incident): string {
  return milestoneMs(incident, 'detected') === undefined ? 'declared' : 'detected';
}

function commandersOf(incident: Incident): string | undefined {
  const people = incident.roles
    .filter(({ role, person }) => /commander|^ic$/i.test(role.trim()) && person.trim() !== '')
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(holding => holding.person.trim())
    .filter((person, index, all) => person !== all[index - 1]);
  return people.length === 0 ? undefined : people.join(' → ');
}

function toIntervals(
  incident: Incident,
): Pick<ReviewFacts, 'timeToDetect' | 'timeToAcknowledge' | 'timeToMitigate' | 'timeToResolve'> {
  const impact = milestoneMs(incident, 'impactStart');
  const detected = milestoneMs(incident, 'detected');
  const between = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : toDurationText(to - from);
  return {
    timeToDetect: between(impact, detected),
    timeToAcknowledge: between(detected, milestoneMs(incident, 'acknowledged')),
    timeToMitigate: between(impact, milestoneMs(incident, 'mitigated')),
    timeToResolve: between(impact, endMs(incident)),
  };
}
