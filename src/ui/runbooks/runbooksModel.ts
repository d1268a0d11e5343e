import type { StepRun } from '../../app/steps/stepRun.ts';
import type {
  ChecklistItem,
  CommandStep,
  ManualStep,
  Runbook,
  Section,
  Step,
} from '../../domain/runbook/model.ts';
import type { SymptomMatch } from '../../domain/runbook/symptoms.ts';
import { formatClock, formatDuration, formatLatency } from '../format.ts';
import { escapeMarkdown, type Row, type RowIcon } from '../row.ts';
import { shortTitle } from '../shortTitle.ts';

export const riskWords: Readonly<Record<CommandStep['risk'], string>> = {
  read: 'read-only',
  unknown: 'not recognised',
  change: 'changes',
  destroy: 'destroys',
};

const modeWords: Readonly<Record<CommandStep['mode'], string>> = {
  once: '',
  tty: 'interactive',
  stream: 'runs until stopped',
};

const riskIcons: Readonly<Record<CommandStep['risk'], RowIcon>> = {
  read: { id: 'play', color: undefined },
  unknown: { id: 'play', color: 'problemsWarningIcon.foreground' },
  change: { id: 'play', color: 'problemsWarningIcon.foreground' },
  destroy: { id: 'flame', color: 'testing.iconFailed' },
};

const statusIcons: Readonly<Record<StepRun['status'], RowIcon>> = {
  queued: { id: 'clock', color: undefined },
  running: { id: 'loading~spin', color: undefined },
  recovering: { id: 'pulse', color: undefined },
  passed: { id: 'pass', color: 'testing.iconPassed' },
  finding: { id: 'eye', color: 'problemsWarningIcon.foreground' },
  failed: { id: 'error', color: 'testing.iconFailed' },
  stopped: { id: 'debug-stop', color: 'problemsWarningIcon.foreground' },
  unknown: { id: 'question', color: 'disabledForeground' },
};

const likelyIcon: RowIcon = { id: 'star-full', color: 'problemsWarningIcon.foreground' };

/** Why a section fits: each symptom as the runbook has it, with what was seen, in its own words. */
function fitText({ title, hits }: SymptomMatch): string {
  const rows = hits.map(
    ({ symptom, quote, source }) =>
      `- ${escapeMarkdown(symptom)}: ${escapeMarkdown(quote.replace(/\s+/g, ' '))} *(${escapeMarkdown(source)})*`,
  );
  return [`\n\n**Fits: ${escapeMarkdown(title)}**\n`, ...rows].join('\n');
}

/** Ids of tree rows and runs; the file is part of it because copied runbooks have equal step ids. */
export function stepKey(file: string, stepId: string): string {
  return `step:${file}#${stepId}`;
}

export function runbookRow(runbook: Runbook, fits: readonly SymptomMatch[]): Row {
  if (runbook.unreadable !== undefined) return unreadableRow(runbook, runbook.unreadable);
  const isLikely = fits.length > 0;
  const commands = runbook.steps.filter(step => step.kind === 'command').length;
  const steps = commands === 1 ? '1 step' : `${commands} steps`;
  const alert = runbook.alert?.name ?? '';
  return {
    id: `runbook:${runbook.file}`,
    label: shortTitle(runbook),
    description: [steps, alert].filter(Boolean).join(' · '),
    icon: isLikely ? likelyIcon : { id: 'book', color: undefined },
    tooltip: [
      `**${escapeMarkdown(runbook.title)}**`,
      escapeMarkdown(runbook.file),
      alert && `alert ${escapeMarkdown(alert)}`,
      runbook.alert?.impact && escapeMarkdown(runbook.alert.impact),
      ...fits.map(fitText),
    ]
      .filter(Boolean)
      .join('  \n'),
    spoken: `Runbook ${shortTitle(runbook)}${isLikely ? ', fits what is seen' : ''}, ${steps}${alert ? `, alert ${alert}` : ''}`,
    context: 'runbook',
    expand: 'collapsed',
  };
}

/** Found by its name, but not a runbook: said rather than shown as an empty one. */
function unreadableRow({ file, title }: Runbook, reason: string): Row {
  return {
    id: `runbook:${file}`,
    label: title,
    description: 'not read',
    icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
    tooltip: `**${escapeMarkdown(file)}**  \n${escapeMarkdown(reason)}`,
    spoken: `${title} is not read: ${reason}`,
    context: 'unreadable',
    expand: 'none',
    command: { name: 'openStepSource', argument: `runbook:${file}` },
  };
}

export function sectionRow(id: string, section: Section, fit: SymptomMatch | undefined): Row {
  const { budgetMs } = section;
  const budget = budgetMs ? budgetText(budgetMs) : '';
  return {
    id,
    // “First Look (0-5 minutes)” says it already, at the end of a line that may be cut.
    label: budgetMs ? section.title.replace(/\s*\([^()]*\)\s*$/, '') : section.title,
    description: [budget, fit && 'fits'].filter(Boolean).join(' · '),
    icon: fit && likelyIcon,
    tooltip: [`${escapeMarkdown(section.title)}  \nline ${section.range.startLine}`, fit && fitText(fit)]
      .filter(Boolean)
      .join('\n\n'),
    spoken: `Section ${section.title}${fit ? ', fits what is seen' : ''}`,
    context: 'section',
    expand: section.level <= 2 ? 'expanded' : 'collapsed',
  };
}

function budgetText({ from, to }: NonNullable<Section['budgetMs']>): string {
  return from === 0 ? `first ${formatDuration(to)}` : `${formatDuration(from)} to ${formatDuration(to)}`;
}

export function stepRow(id: string, step: Step, run: StepRun | undefined, willRun?: string): Row {
  return step.kind === 'manual' ? manualRow(id, step) : commandRow(id, step, run, willRun);
}

/** Above the people to call, the messages to send and the pages to look at. */
export function factsRow(id: string): Row {
  return {
    id,
    label: 'Contacts, templates and links',
    description: '',
    icon: { id: 'references', color: undefined },
    tooltip: 'People to call, messages to send and pages to look at',
    spoken: 'Contacts, templates and links',
    context: 'facts',
    expand: 'collapsed',
  };
}

export function checkRow(id: string, item: ChecklistItem, isDone: boolean): Row {
  const isTask = item.role === 'task';
  return {
    id,
    label: item.text,
    description: isTask ? '' : 'escalate if',
    icon: isTask ? undefined : { id: 'law', color: undefined },
    tooltip: `${escapeMarkdown(item.text)}  \nline ${item.range.startLine}`,
    spoken: isTask ? `Checklist item ${item.text}, ${isDone ? 'done' : 'open'}` : `Escalate if ${item.text}`,
    context: isTask ? 'check task' : 'check condition',
    expand: 'none',
    ...(isTask ? { checkbox: isDone ? ('checked' as const) : ('unchecked' as const) } : {}),
  };
}

/** What became of the run, in a few words: `exit 0, 0.2 s → still down after 30 s`. */
export function outcomeText(run: StepRun): string {
  if (run.status === 'queued' || run.status === 'running') return run.status;
  const code = run.exitCode === undefined ? (run.meaning ?? 'no exit code') : `exit ${run.exitCode}`;
  const meaning = run.exitCode !== undefined && run.meaning ? ` (${run.meaning})` : '';
  const took = run.tookMs === undefined ? '' : `, ${formatLatency(run.tookMs)}`;
  return `${code}${meaning}${took}${healthText(run)}`;
}

function healthText(run: StepRun): string {
  if (run.status === 'recovering') return ' · waiting for health';
  if (!run.after || run.startedAtMs === undefined) return '';
  const all = Object.entries(run.after.services);
  const unknown = all.filter(([, state]) => state === 'unknown').map(([name]) => name);
  const notUp = all.filter(([, state]) => !['up', 'degraded', 'unknown'].includes(state));
  const waited = formatDuration(run.after.atMs - run.startedAtMs);
  const parts = [
    ...notUp.map(([name, state]) => `${name} still ${state} after ${waited}`),
    ...(unknown.length > 0 ? [`health of ${unknown.join(', ')} unknown`] : []),
  ];
  return ` → ${parts.length > 0 ? parts.join(', ') : `up after ${waited}`}`;
}

function commandRow(id: string, step: CommandStep, run: StepRun | undefined, willRun?: string): Row {
  const words = [riskWords[step.risk], modeWords[step.mode]].filter(Boolean).join(', ');
  const outcome = run ? outcomeText(run) : '';
  const part = step.group && step.group.count > 1 ? ` (${step.group.index}/${step.group.count})` : '';
  const isRunning = run !== undefined && ['queued', 'running', 'recovering'].includes(run.status);
  return {
    id,
    label: `${step.title}${part}`,
    description: outcome || (step.broken ? 'cannot run as written' : words),
    icon: step.broken
      ? { id: 'circle-slash', color: 'disabledForeground' }
      : run
        ? statusIcons[run.status]
        : riskIcons[step.risk],
    tooltip: commandTooltip(step, { run, words, willRun }),
    spoken: `Step ${step.title}${part}, ${words}${outcome ? `, ${outcome}` : ''}`,
    context: [
      'step',
      step.broken ? '' : 'command',
      isRunning ? 'running' : '',
      run && !isRunning ? 'ran' : '',
      /\b(?:docker|podman|kubectl|oc)\S*\s(?:.*\s)?logs\b/.test(step.command) ? 'logs' : '',
    ]
      .filter(Boolean)
      .join(' '),
    expand: 'none',
  };
}

function manualRow(id: string, step: ManualStep): Row {
  return {
    id,
    label: step.title,
    description: step.link ?? 'by hand',
    icon: { id: step.link ? 'link-external' : 'person', color: undefined },
    tooltip: `${escapeMarkdown(step.title)}  \nline ${step.range.startLine}`,
    spoken: `Manual step ${step.title}`,
    context: 'step manual',
    expand: 'none',
  };
}

interface TooltipFacts {
  readonly run: StepRun | undefined;
  readonly words: string;
  readonly willRun: string | undefined;
}

function commandTooltip(step: CommandStep, { run, words, willRun }: TooltipFacts): string {
  const lines = [`**${escapeMarkdown(step.title)}**  \n${words}`, fenced(step.command)];
  if (willRun !== undefined) lines.push('as it will run', fenced(willRun));
  if (step.riskReasons.length > 0 && step.risk !== 'read')
    lines.push(`because of ${step.riskReasons.map(escapeMarkdown).join(', ')}`);
  if (step.note) lines.push(escapeMarkdown(step.note));
  if (step.broken) lines.push(`cannot run as written: ${escapeMarkdown(step.broken)}`);
  if (step.holes.length > 0)
    lines.push(`asks for ${step.holes.map(hole => escapeMarkdown(hole.text)).join(', ')}`);
  if (run?.startedAtMs !== undefined)
    lines.push(`last run ${formatClock(run.startedAtMs)}: ${escapeMarkdown(outcomeText(run))}`);
  return lines.join('\n\n');
}

/** A command in Markdown, whatever backticks it holds. */
export function fenced(command: string): string {
  const longest = Math.max(2, ...[...command.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${command}\n${fence}`;
}
