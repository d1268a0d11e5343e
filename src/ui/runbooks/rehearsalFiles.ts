import type { StepRun } from '../../app/steps/stepRun.ts';
import { allNotRun, type DiagnosisResult } from './diagnosisReport.ts';
import { outcomeText } from './runbooksModel.ts';

/** The result for programs: schema 1, times in ms, nothing that the page does not say as well. */
export function toRehearsalJson(result: DiagnosisResult): string {
  const { runbook, environment, atMs, tookMs, isCancelled } = result;
  const json = {
    schema: 1,
    runbook: runbook.file,
    title: runbook.title,
    environment,
    at: new Date(atMs).toISOString(),
    tookMs: Math.round(tookMs),
    isCancelled,
    planned: result.planned,
    steps: result.runs.map(run => ({
      title: run.order.title,
      line: run.order.source.line,
      written: run.order.written,
      command: run.order.command,
      status: run.status,
      exitCode: run.exitCode ?? null,
      meaning: run.meaning ?? null,
      tookMs: run.tookMs === undefined ? null : Math.round(run.tookMs),
      output: run.output,
    })),
    leftOut: allNotRun(result).map(({ step, reason }) => ({
      title: step.title,
      line: step.range.startLine,
      reason,
    })),
    problems: result.problems.map(({ line, code, severity, message }) => ({ line, code, severity, message })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** A finding is an answer; a step that failed, or whose end nobody saw, has rotted. */
export function toJUnit(result: DiagnosisResult): string {
  const failures = result.runs.filter(isRotten).length + result.problems.length;
  const notRun = allNotRun(result);
  const cases = [
    ...result.runs.map(toCase),
    ...notRun.map(({ step, reason }) =>
      testCase(step.title, result.runbook.file, `<skipped message="${escapeXml(reason)}"/>`),
    ),
    ...result.problems.map(({ line, code, message }) =>
      testCase(
        `line ${line}: ${code}`,
        result.runbook.file,
        `<failure type="${escapeXml(code)}" message="${escapeXml(message)}"/>`,
      ),
    ),
  ];
  const seconds = (result.tookMs / 1000).toFixed(3);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="${escapeXml(result.runbook.title)}" tests="${cases.length}" failures="${failures}" skipped="${notRun.length}" time="${seconds}" timestamp="${new Date(result.atMs).toISOString()}">`,
    ...cases,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function isRotten({ status }: StepRun): boolean {
  return status === 'failed' || status === 'unknown' || status === 'stopped';
}

function toCase(run: StepRun): string {
  const { title, source, command } = run.order;
  const output = escapeXml(`$ ${command}\n${run.output}`);
  const body = isRotten(run)
    ? `<failure type="${run.status}" message="${escapeXml(outcomeText(run))}">${output}</failure>`
    : `<system-out>${output}</system-out>`;
  return testCase(`${title} (line ${source.line})`, source.file, body, run.tookMs);
}

function testCase(name: string, file: string, body: string, tookMs = 0): string {
  return `<testcase classname="${escapeXml(file)}" name="${escapeXml(name)}" time="${(tookMs / 1000).toFixed(3)}">${body}</testcase>`;
}

/** XML 1.0 has no way to write control characters: they are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
