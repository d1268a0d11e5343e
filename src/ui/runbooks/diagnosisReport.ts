import type { StepRun } from '../../app/steps/stepRun.ts';
import type { Problem } from '../../base/source.ts';
import type { Runbook } from '../../domain/runbook/model.ts';
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
  readonly leftOut: readonly LeftOut[];
  readonly isCancelled: boolean;
  /** What is wrong with the file itself; only a rehearsal looks at that. */
  readonly problems: readonly Problem[];
}

/** Address of a line of a file, for links; undefined when the file has none. */
export type LineLink = (file: string, line: number) => string | undefined;

/** One page, findings first: each with its command, its output and the way to its line. */
export function diagnosisReport(heading: string, result: DiagnosisResult, link: LineLink): string {
  const { runs, planned, leftOut, problems, isCancelled, runbook } = result;
  const fine = runs.filter(isFine);
  const worth = runs.filter(run => !isFine(run)).sort((a, b) => weight(a) - weight(b));
  const count = `${runs.length} of ${planned} read-only steps ran in ${formatLatency(result.tookMs)} (${escapeInline(result.environment)}), ${worth.length} worth a look.`;
  return [
    `# ${heading}: ${escapeInline(runbook.title)}`,
    `${toTime(result.atMs)} · ${count}${isCancelled ? ' **Cancelled.**' : ''}`,
    '## Worth a look',
    ...(worth.length > 0 ? worth.map(run => part(run, link)) : ['Nothing.']),
    ...(problems.length > 0
      ? ['## In the file itself', problems.map(toRow(runbook.file, link)).join('\n')]
      : []),
    ...(fine.length > 0 ? ['## As expected', ...fine.map(run => part(run, link))] : []),
    ...(leftOut.length > 0 ? ['## Not run', leftOut.map(toLeftRow(runbook.file, link)).join('\n')] : []),
    '',
  ].join('\n\n');
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

function isFine(run: StepRun): boolean {
  return run.status === 'passed';
}

function weight({ status }: StepRun): number {
  return { failed: 0, finding: 1, unknown: 2 }[status as string] ?? 3;
}

function part(run: StepRun, link: LineLink): string {
  const { title, source, command, written } = run.order;
  const longest = Math.max(2, ...[...run.output.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const change = written === command ? '' : `\n# as written: ${written.replaceAll('\n', '\n# ')}`;
  return [
    `### ${escapeInline(title)}: ${escapeInline(outcomeText(run))}`,
    place(source.file, source.line, link),
    `${fence}text${change}\n$ ${command}\n${run.output.trimEnd()}\n${fence}`,
  ].join('\n\n');
}

function place(file: string, line: number, link: LineLink): string {
  const target = link(file, line);
  const text = escapeInline(`${file}:${line}`);
  return target === undefined ? text : `[${text}](${target})`;
}

function toRow(file: string, link: LineLink): (problem: Problem) => string {
  return ({ line, message }) => `- ${place(file, line, link)} ${escapeInline(message)}`;
}

function toLeftRow(file: string, link: LineLink): (left: LeftOut) => string {
  return ({ step, reason }) =>
    `- ${place(file, step.range.startLine, link)} ${escapeInline(step.title)}: ${escapeInline(reason)}`;
}
