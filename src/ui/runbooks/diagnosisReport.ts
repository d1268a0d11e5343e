import type { StepRun } from '../../app/steps/stepRun.ts';
import type { Problem } from '../../base/source.ts';
import type { CommandStep, Runbook } from '../../domain/runbook/model.ts';
import type { LeftOut } from '../../domain/runbook/unattended.ts';
import { formatLatency } from '../format.ts';
import { outcomeText } from './runbooksModel.ts';

export interface DiagnosisResult {
  readonly runbook: Pick<Runbook, 'title' | 'file'>;
  readonly environment: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly runs: readonly StepRun[];
  readonly planned: number;
  /** Of the planned steps those that cancelling came before. */
  readonly notBegun: readonly CommandStep[];
  readonly leftOut: readonly LeftOut[];
  readonly isCancelled: boolean;
  /** What is wrong with the file itself; only a rehearsal looks at that. */
  readonly problems: readonly Problem[];
}

/** Told of each line of a file that the page names, and how it is written there. */
export type OnPlace = (text: string, at: { readonly file: string; readonly line: number }) => void;

/** One page, findings first: each with its command, its output and its line as `file:line`. */
export function diagnosisReport(heading: string, result: DiagnosisResult, onPlace: OnPlace): string {
  const { runs, problems, runbook } = result;
  const fine = runs.filter(({ status }) => status === 'passed');
  const stopped = runs.filter(({ status }) => status === 'stopped');
  const worth = runs
    .filter(run => !fine.includes(run) && !stopped.includes(run))
    .sort((a, b) => weight(a) - weight(b));
  const notRun = allNotRun(result);
  return [
    `# ${heading}: ${escapeInline(runbook.title)}`,
    summary(result, { stopped: stopped.length, worth: worth.length }),
    '## Worth a look',
    ...(worth.length > 0 ? worth.map(run => part(run, onPlace)) : ['Nothing.']),
    ...(problems.length > 0
      ? ['## In the file itself', problems.map(toRow(runbook.file, onPlace)).join('\n')]
      : []),
    ...(fine.length > 0 ? ['## As expected', ...fine.map(run => part(run, onPlace))] : []),
    ...(stopped.length > 0 ? ['## Stopped', ...stopped.map(run => part(run, onPlace))] : []),
    ...(notRun.length > 0 ? ['## Not run', notRun.map(toLeftRow(runbook.file, onPlace)).join('\n')] : []),
    '',
  ].join('\n\n');
}

/** Everything that only reads and has no result, with the reason; what cancelling came before is first. */
export function allNotRun({ notBegun, leftOut }: DiagnosisResult): readonly LeftOut[] {
  return [...notBegun.map(step => ({ step, reason: 'cancelled before it began' })), ...leftOut];
}

function summary(
  result: DiagnosisResult,
  count: { readonly stopped: number; readonly worth: number },
): string {
  const { runs, planned, notBegun, isCancelled } = result;
  const ended = `${runs.length - count.stopped} of ${planned} read-only steps ran in ${formatLatency(result.tookMs)}`;
  const parts = [`${ended} (${escapeInline(result.environment)})`, `${count.worth} worth a look`];
  const cancelled = ` **Cancelled: ${count.stopped} stopped, ${notBegun.length} not begun.**`;
  return `${toTime(result.atMs)} · ${parts.join(', ')}.${isCancelled ? cancelled : ''}`;
}

/**
 * Text from outside becomes no link, image or emphasis. It never begins a line, and the report is first seen as it is
 * written: what means nothing within a line stays unescaped.
 */
function escapeInline(text: string): string {
  return text.replace(/[\\`*_[\]<>~&|@]|:(?=\/\/)|(?<=\bwww)\./gi, '\\$&').replaceAll('\n', ' ');
}

/** `2026-11-21 10:00:00 UTC` */
function toTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function weight({ status }: StepRun): number {
  return { failed: 0, finding: 1, unknown: 2 }[status as string] ?? 3;
}

function part(run: StepRun, onPlace: OnPlace): string {
  const { title, source, command, written } = run.order;
  const longest = Math.max(2, ...[...run.output.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const change = written === command ? '' : `\n# as written: ${written.replaceAll('\n', '\n# ')}`;
  return [
    `### ${escapeInline(title)}: ${escapeInline(outcomeText(run))}`,
    place(source.file, source.line, onPlace),
    `${fence}text${change}\n$ ${command}\n${run.output.trimEnd()}\n${fence}`,
  ].join('\n\n');
}

function place(file: string, line: number, onPlace: OnPlace): string {
  const text = escapeInline(`${file}:${line}`);
  onPlace(text, { file, line });
  return text;
}

function toRow(file: string, onPlace: OnPlace): (problem: Problem) => string {
  return ({ line, message }) => `- ${place(file, line, onPlace)} ${escapeInline(message)}`;
}

function toLeftRow(file: string, onPlace: OnPlace): (left: LeftOut) => string {
  return ({ step, reason }) =>
    `- ${place(file, step.range.startLine, onPlace)} ${escapeInline(step.title)}: ${escapeInline(reason)}`;
}
