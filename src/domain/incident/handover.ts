import type { IncidentState } from './state.ts';
import { formatDuration, formatMoment, formatTime } from './time.ts';
import { startOf, timersOf } from './timers.ts';

export interface HandoverContext {
  readonly nowMs: number;
  readonly timeZone: string;
}

const maxSteps = 12;

/** One screen of Markdown for whoever takes over or joins late; everything in it is from the journal. */
export function handoverBrief(incident: IncidentState, context: HandoverContext): string {
  const { nowMs, timeZone } = context;
  const drill = incident.isDrill ? '[DRILL] ' : '';
  const head = [
    `# ${drill}${incident.title} (${incident.id})`,
    '',
    `SEV-${incident.severity}, ${incident.status}, since ${formatMoment(startOf(incident), timeZone)}` +
      ` (${formatDuration(nowMs - startOf(incident))})`,
  ];
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Services now', serviceLines(incident, context)],
    ['Roles', roleLines(incident, context)],
    ['Done', stepLines(incident, context)],
    ['Confirmed', hypotheses(incident, 'confirmed')],
    ['Ruled out', hypotheses(incident, 'refuted')],
    ['Still to check', hypotheses(incident, 'open')],
    ['Open questions', incident.questions.map(({ text }) => text)],
    [
      'Action items',
      incident.actionItems
        .filter(({ isDone }) => !isDone)
        .map(({ text, owner }) => (owner === undefined ? text : `${text} (${owner})`)),
    ],
    ['Next', deadlineLines(incident, context)],
  ];
  const body = sections.flatMap(([title, lines]) =>
    lines.length === 0 ? [] : ['', `## ${title}`, ...lines.map(line => `- ${line}`)],
  );
  return `${[...head, ...body].join('\n')}\n`;
}

function serviceLines(incident: IncidentState, { nowMs, timeZone }: HandoverContext): readonly string[] {
  return incident.lanes.flatMap(({ title, spans }) => {
    const last = spans.at(-1);
    return last === undefined
      ? []
      : [`${title}: ${last.state} since ${formatTime(last.fromMs, timeZone, nowMs)}`];
  });
}

function roleLines(incident: IncidentState, { nowMs, timeZone }: HandoverContext): readonly string[] {
  return incident.roles
    .filter(({ untilMs }) => untilMs === undefined)
    .map(({ role, person, fromMs }) => `${role}: ${person} since ${formatTime(fromMs, timeZone, nowMs)}`);
}

function stepLines(incident: IncidentState, { nowMs, timeZone }: HandoverContext): readonly string[] {
  return incident.entries
    .filter(
      ({ action, isRetracted, relevance, isPinned }) =>
        action !== undefined && !isRetracted && (relevance === 'key' || isPinned),
    )
    .slice(-maxSteps)
    .map(({ atMs, action, event }) => `${formatTime(atMs, timeZone, nowMs)} ${action}: ${event}`);
}

function hypotheses(incident: IncidentState, wanted: 'open' | 'confirmed' | 'refuted'): readonly string[] {
  return incident.hypotheses.filter(({ verdict }) => verdict === wanted).map(({ text }) => text);
}

function deadlineLines(incident: IncidentState, { nowMs, timeZone }: HandoverContext): readonly string[] {
  return timersOf(incident, nowMs).map(({ label, dueMs, isOverdue }) => {
    const when = isOverdue
      ? `overdue by ${formatDuration(nowMs - dueMs)}`
      : `in ${formatDuration(dueMs - nowMs)}`;
    return `${label}: ${formatTime(dueMs, timeZone, nowMs)}, ${when}`;
  });
}
