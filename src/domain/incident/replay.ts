import { foldDuplicates } from './duplicates.ts';
import { entriesOf } from './entries.ts';
import type { JournalEvent } from './events.ts';
import { compareCausally } from './hybridClock.ts';
import { lanesOf } from './lanes.ts';
import { metricsOf, milestoneConflicts, milestonesOf } from './milestones.ts';
import type { IncidentPolicy } from './model.ts';
import { momentsOf } from './moments.ts';
import {
  actionItemsOf,
  escalationsOf,
  hypothesesOf,
  messagesOf,
  reportsOf,
  reviewOf,
  rolesOf,
  ticksOf,
} from './people.ts';
import type { IncidentState } from './state.ts';

/** Used when the declaration itself cannot be read: nothing is invented in its place. */
const noPolicy: IncidentPolicy = {
  severities: [],
  escalation: [],
  reviewTemplate: undefined,
  reviewPath: undefined,
  templateSource: undefined,
  timeZone: 'UTC',
};

/** Most of a long journal: what people said and decided is looked for among the rest. */
const telemetry: ReadonlySet<JournalEvent['t']> = new Set([
  'probe.changed',
  'container.event',
  'step.started',
  'step.finished',
  'clock.sampled',
]);

/**
 * The incident as its journal tells it. Order of `events` does not matter: the same set gives the same incident in
 * every window. `problems` are what the journal's reader could not read.
 */
export function replay(events: readonly JournalEvent[], problems: readonly string[] = []): IncidentState {
  const { unique, aliases } = foldDuplicates([...events].sort(compareCausally));
  const milestones = milestonesOf(unique);
  const impactMs = milestones.find(({ name }) => name === 'impactStart')?.atMs;
  const { entries, rowOf } = entriesOf(unique, aliases, impactMs);
  const said = unique.filter(({ t }) => !telemetry.has(t));
  const lanes = lanesOf(unique);
  const reports = reportsOf(said);
  return {
    ...headOf(unique, problems),
    roles: rolesOf(said),
    milestones,
    milestoneConflicts: milestoneConflicts(milestones),
    metrics: metricsOf(milestones, lanes),
    entries,
    lanes,
    actionItems: actionItemsOf(said, id => rowOf(id)?.entry.isRetracted === true),
    hypotheses: hypothesesOf(said).filter(({ id }) => rowOf(id)?.entry.isRetracted !== true),
    questions: entries
      .filter(entry => entry.kind === 'question' && !entry.isRetracted)
      .map(({ id, event, atMs }) => ({ id, text: event, atMs })),
    ticks: ticksOf(said),
    messages: messagesOf(said),
    escalations: escalationsOf(said),
    flags: flagsOf(said),
    reports,
    ...reviewOf(reports),
  };
}

type Head = Pick<
  IncidentState,
  | 'id'
  | 'title'
  | 'severity'
  | 'initialSeverity'
  | 'highestSeverity'
  | 'status'
  | 'history'
  | 'isDrill'
  | 'services'
  | 'policy'
  | 'declaredAtMs'
  | 'declaredBy'
  | 'journalProblems'
>;

function headOf(events: readonly JournalEvent[], problems: readonly string[]): Head {
  const declared = events.find(event => event.t === 'incident.declared');
  const first = declared ?? events[0];
  const body = declared?.b;
  const id = first?.i ?? '';
  const declaredAtMs = first === undefined ? 0 : Date.parse(first.at);
  const moments = momentsOf(events, {
    atMs: declaredAtMs,
    title: body?.title ?? id,
    // Where the declaration is lost the worst is assumed, as the problem says.
    severity: body?.severity ?? 1,
    status: 'investigating',
  });
  const { title, severity, status } = moments.at(-1) ?? moments[0];
  return {
    id,
    title,
    severity,
    initialSeverity: moments[0].severity,
    highestSeverity: Math.min(...moments.map(moment => moment.severity)),
    status,
    history: [...moments].sort((a, b) => a.atMs - b.atMs),
    isDrill: body?.isDrill ?? false,
    services: body?.services ?? [],
    policy: body?.policy ?? noPolicy,
    declaredAtMs,
    declaredBy: declared?.a,
    journalProblems:
      declared === undefined ? [...problems, 'The declaration of this incident cannot be read.'] : problems,
  };
}

function flagsOf(events: readonly JournalEvent[]): Readonly<Record<string, boolean>> {
  const flags: Record<string, boolean> = {};
  for (const event of events) if (event.t === 'flag.set') flags[event.b.flag] = event.b.isSet;
  return flags;
}
