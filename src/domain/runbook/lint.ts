import type { Problem, ProblemFix } from '../../base/source.ts';
import { COMMAND_RULES } from './lint/commandRules.ts';
import { HTTP_RULE } from './lint/httpRule.ts';
import { brokenLinks, mojibake, unsetContacts } from './lint/pageRules.ts';
import type { Around, CommandRule, Finding, LintFacts } from './lint/rule.ts';
import { unknownTool } from './lint/toolRule.ts';
import type { CommandStep, Runbook } from './model.ts';
import { LineTable } from './source/lineTable.ts';

const RULES: readonly CommandRule[] = [...COMMAND_RULES, HTTP_RULE, unknownTool];

/**
 * What is wrong with a runbook, in the order of its lines. `text` must be the text it was parsed from. Fixes are
 * offered only where the outcome is the same but safer.
 */
export function lintRunbook(runbook: Runbook, text: string, facts: LintFacts): readonly Problem[] {
  if (runbook.unreadable !== undefined) return [];
  const table = new LineTable(text);
  const sections = bySection(runbook);
  const found = [...sections.values()].flatMap(section =>
    section.flatMap(step => lintCommand(step, { section, facts }, table)),
  );
  return [
    ...found,
    ...brokenLinks(runbook, table, facts),
    ...unsetContacts(runbook, table),
    ...mojibake(table),
  ].sort((a, b) => a.line - b.line || a.startColumn - b.startColumn);
}

function bySection(runbook: Runbook): ReadonlyMap<string, readonly CommandStep[]> {
  const sections = new Map<string, CommandStep[]>();
  for (const step of runbook.steps) {
    if (step.kind !== 'command') continue;
    // Alternatives under one heading stand in different blocks: only a block's steps follow each other for sure.
    const key = `${step.headingPath.join('\u0000')}:${step.blockRange.startLine}`;
    const steps = sections.get(key);
    if (steps) steps.push(step);
    else sections.set(key, [step]);
  }
  return sections;
}

function lintCommand(step: CommandStep, around: Around, table: LineTable): readonly Problem[] {
  return RULES.flatMap(rule => {
    const finding = rule.find(step, around);
    return finding ? [toProblem(rule, finding, { step, table })] : [];
  });
}

function toProblem(
  { code, severity }: CommandRule,
  { message, part, fix }: Finding,
  { step, table }: { readonly step: CommandStep; readonly table: LineTable },
): Problem {
  const at = part === undefined ? step.range.start : locate(table, step, part);
  const line = lineAt(table, step, at);
  const end = Math.min(at + (part ?? step.command).length, table.endOf(line));
  const toFix = fix && fixAt(table, step, fix);
  return {
    code,
    severity,
    message,
    line,
    startColumn: at - table.startOf(line),
    endColumn: end - table.startOf(line),
    ...(toFix ? { fix: toFix } : {}),
  };
}

function locate(table: LineTable, step: CommandStep, part: string): number {
  const at = table.text.indexOf(part, step.range.start);
  return at >= 0 && at < step.range.end ? at : step.range.start;
}

function lineAt(table: LineTable, step: CommandStep, offset: number): number {
  let line = step.range.startLine;
  while (line < step.range.endLine && table.startOf(line + 1) <= offset) line++;
  return line;
}

function fixAt(
  table: LineTable,
  step: CommandStep,
  fix: NonNullable<Finding['fix']>,
): ProblemFix | undefined {
  const start = table.text.indexOf(fix.from, step.range.start);
  const end = start + fix.from.length;
  return start < 0 || end > step.range.end ? undefined : { title: fix.title, start, end, newText: fix.to };
}
