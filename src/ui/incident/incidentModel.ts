import type { Incident, MilestoneName } from '../../domain/incident/model.ts';
import { formatClock, formatDuration } from '../format.ts';
import { escapeMarkdown, type Row } from '../row.ts';

const milestoneWords: Readonly<Record<MilestoneName, string>> = {
  impactStart: 'impact',
  detected: 'detected',
  declared: 'declared',
  acknowledged: 'acknowledged',
  identified: 'identified',
  mitigated: 'mitigated',
  resolved: 'resolved',
  closed: 'closed',
};

/** A timer that is shown until it is done. */
export interface DueRow {
  readonly id: string;
  readonly kind: 'response' | 'update' | 'escalation';
  readonly text: string;
  readonly dueAtMs: number;
  readonly detail: string;
}

export function incidentRow(incident: Incident, nowMs: number): Row {
  const declared = incident.milestones.find(milestone => milestone.name === 'declared');
  const open = declared ? formatDuration(nowMs - declared.atMs) : '';
  const drill = incident.isDrill ? '[DRILL] ' : '';
  return {
    id: `incident:${incident.id}`,
    label: `${drill}SEV-${incident.severity} ${incident.title}`,
    description: `${incident.status}${open ? ` · ${open}` : ''}`,
    icon: {
      id: 'megaphone',
      color: incident.severity <= 2 ? 'testing.iconFailed' : 'problemsWarningIcon.foreground',
    },
    tooltip: `**${escapeMarkdown(incident.title)}**  \n${escapeMarkdown(incident.id)}`,
    spoken: `Incident ${incident.title}, severity ${incident.severity}, ${incident.status}`,
    context: `incident ${incident.status}`,
    expand: incident.status === 'resolved' ? 'collapsed' : 'expanded',
    command: { name: 'showTimeline', argument: incident.id },
  };
}

export function milestoneRows(incident: Incident): Row[] {
  return incident.milestones.map(milestone => {
    const word = milestoneWords[milestone.name];
    return plain(
      `milestone:${incident.id}:${milestone.name}`,
      word,
      formatClock(milestone.atMs),
      'milestone',
    );
  });
}

export function roleRows(incident: Incident): Row[] {
  return incident.roles
    .filter(holding => holding.untilMs === undefined)
    .map(holding => plain(`role:${incident.id}:${holding.role}`, holding.role, holding.person, 'person'));
}

export function dueRow(due: DueRow, nowMs: number): Row {
  const left = due.dueAtMs - nowMs;
  const when = left >= 0 ? `in ${formatDuration(left)}` : `overdue by ${formatDuration(-left)}`;
  const row = {
    ...plain(due.id, due.text, [when, due.detail].filter(Boolean).join(' · '), 'watch'),
    context: `incident due ${due.kind}`,
  };
  return left >= 0 ? row : { ...row, icon: { id: 'alert', color: 'problemsWarningIcon.foreground' } };
}

export function actionRows(incident: Incident): Row[] {
  return incident.actionItems.map(action => ({
    ...plain(
      `action:${action.id}`,
      action.text,
      [action.owner, action.due].filter(Boolean).join(' · '),
      'circle-outline',
    ),
    icon: { id: action.isDone ? 'pass' : 'circle-outline', color: undefined },
  }));
}

export function journalRows(incident: Incident): Row[] {
  return incident.journalProblems.map((problem, at) => ({
    ...plain(`journal:${at}`, problem, '', 'warning'),
    icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  }));
}

function plain(id: string, label: string, description: string, icon: string): Row {
  return {
    id,
    label,
    description,
    icon: { id: icon, color: undefined },
    tooltip: escapeMarkdown(`${label} ${description}`),
    spoken: `${label} ${description}`,
    context: 'incident detail',
    expand: 'none',
  };
}
