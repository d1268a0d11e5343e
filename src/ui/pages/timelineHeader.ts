import type { Incident, MilestoneName } from '../../domain/incident/model.ts';
import type { HeaderMoment, TimelineHeader, TimelineMilestone } from '../../shared/timelineProtocol.ts';

interface MilestoneRule {
  readonly title: string;
  /** Measured from the first of these that is set. */
  readonly since: readonly MilestoneName[];
  /** Shown with a dash while it has not happened. */
  readonly isAlwaysShown: boolean;
}

const rules: Readonly<Record<MilestoneName, MilestoneRule>> = {
  impactStart: { title: 'impact', since: [], isAlwaysShown: true },
  detected: { title: 'detected', since: ['impactStart'], isAlwaysShown: true },
  declared: { title: 'declared', since: ['detected', 'impactStart'], isAlwaysShown: false },
  acknowledged: { title: 'acknowledged', since: ['detected', 'declared'], isAlwaysShown: true },
  identified: { title: 'identified', since: ['impactStart', 'declared'], isAlwaysShown: false },
  mitigated: { title: 'mitigated', since: ['impactStart', 'declared'], isAlwaysShown: true },
  resolved: { title: 'resolved', since: ['impactStart', 'declared'], isAlwaysShown: true },
  closed: { title: 'closed', since: ['resolved'], isAlwaysShown: false },
};

export function toTimelineMilestones(incident: Incident): readonly TimelineMilestone[] {
  const byName = new Map(incident.milestones.map(milestone => [milestone.name, milestone]));
  const names = Object.keys(rules) as MilestoneName[];
  return names.flatMap(name => {
    const rule = rules[name];
    const milestone = byName.get(name);
    if (!milestone && !rule.isAlwaysShown) return [];
    const since = rule.since.find(other => byName.has(other));
    const sinceMs = since && byName.get(since)?.atMs;
    return [
      {
        name,
        title: rule.title,
        atMs: milestone?.atMs,
        by: milestone?.by,
        tookMs: durationBetween(milestone?.atMs, sinceMs),
        tookSince: since && rules[since].title,
      },
    ];
  });
}

/** Nothing for moments that are one and the same to a person. */
function durationBetween(atMs: number | undefined, sinceMs: number | undefined): number | undefined {
  if (atMs === undefined || sinceMs === undefined) return undefined;
  return Math.abs(atMs - sinceMs) < 1000 ? undefined : atMs - sinceMs;
}

export function toTimelineHeader(incident: Incident): TimelineHeader {
  const at = (name: MilestoneName) => incident.milestones.find(one => one.name === name)?.atMs;
  const isOver = ['resolved', 'closed', 'cancelled'].includes(incident.status);
  const commands = commandsOf(incident);
  const commander = commands.findLast(({ untilMs }) => untilMs === undefined);
  return {
    incidentId: incident.id,
    title: incident.title,
    severity: incident.severity,
    severities: incident.policy.severities.map(({ level, label }) => ({ level, label })),
    status: incident.status,
    isDrill: incident.isDrill,
    commander: commander?.person,
    openSinceMs: at('impactStart') ?? at('detected') ?? at('declared') ?? incident.entries[0]?.atMs,
    openUntilMs: isOver ? (at('resolved') ?? at('closed') ?? incident.entries.at(-1)?.atMs) : undefined,
    moments: toMoments(incident),
    reviewPath: incident.review?.path,
    problems: incident.journalProblems,
  };
}

function commandsOf({ roles }: Incident): Incident['roles'] {
  return roles.filter(({ role }) => /command/i.test(role));
}

/** One for each change of what the header says; the command changes hands at times of its own. */
function toMoments(incident: Incident): readonly HeaderMoment[] {
  const { history = [] } = incident;
  const commands = commandsOf(incident);
  const startMs = history[0]?.atMs ?? Number.POSITIVE_INFINITY;
  const handovers = commands.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs ?? fromMs]);
  const times = new Set([...history.map(({ atMs }) => atMs), ...handovers.filter(atMs => atMs > startMs)]);
  return [...times]
    .sort((a, b) => a - b)
    .flatMap(atMs => {
      const moment = history.findLast(one => one.atMs <= atMs);
      if (moment === undefined) return [];
      const command = commands.findLast(
        ({ fromMs, untilMs = Number.POSITIVE_INFINITY }) => fromMs <= atMs && atMs < untilMs,
      );
      const { title, severity, status } = moment;
      return [{ atMs, title, severity, status, commander: command?.person }];
    });
}
