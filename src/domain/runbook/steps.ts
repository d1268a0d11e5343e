import type { CommandStep, ManualStep, Step } from './model.ts';
import { judgeScript } from './risk/judge.ts';
import { highest } from './risk/verdict.ts';
import { type ReadCode, readCode, toLines } from './shell/extract.ts';
import { findHoles } from './shell/holes.ts';
import { splitNote } from './shell/note.ts';
import type { RawCommand, RawComment } from './shell/rawItem.ts';
import { mutatesEnvironment, variablesOf } from './shell/variables.ts';
import type { CodePageBlock } from './source/blocks.ts';
import type { IdMint } from './source/hash.ts';
import type { LineTable } from './source/lineTable.ts';
import { cutTitle, toTitle } from './source/plainText.ts';

export interface StepContext {
  readonly table: LineTable;
  readonly headingPath: readonly string[];
  readonly mint: IdMint;
  /** Variables set so far in the file; grows. */
  readonly setSoFar: Set<string>;
}

/** Reads the steps of one code block; titles may still repeat (see `toUniqueTitles`). */
export function toSteps(
  block: CodePageBlock,
  context: StepContext,
): ReadCode & { readonly steps: readonly Step[] } {
  const code = readCode({ info: block.info, content: block.content, lead: block.lead });
  if (!code.isRunnable) return { ...code, steps: [] };
  const builder = new StepBuilder(block, context);
  for (const [i, item] of code.items.entries()) {
    if (item.kind === 'blank') builder.gap();
    else if (item.kind === 'command') builder.command(item);
    else if (isNote(code, i)) builder.note(item);
    else builder.title(item);
  }
  return { ...code, steps: builder.finish() };
}

/** A comment with no command under it is something for a person to do or know. */
function isNote(code: ReadCode, index: number): boolean {
  let next = index + 1;
  while (code.items[next]?.kind === 'blank') next++;
  return code.items[next]?.kind !== 'command';
}

class StepBuilder {
  private readonly steps: Step[] = [];
  private pending: CommandStep[] = [];
  private groupTitle: string | undefined;
  private readonly rawLines: readonly string[];
  private readonly lines: readonly string[];
  private readonly block: CodePageBlock;
  private readonly context: StepContext;

  constructor(block: CodePageBlock, context: StepContext) {
    this.block = block;
    this.context = context;
    this.rawLines = block.content.split('\n');
    this.lines = toLines(block.content);
  }

  gap(): void {
    if (this.pending.length === 0) return;
    this.closeGroup();
    this.groupTitle = undefined;
  }

  title(comment: RawComment): void {
    this.closeGroup();
    this.groupTitle = cutTitle(comment.lines.find(line => line.trim() !== '') ?? '') || undefined;
  }

  note(comment: RawComment): void {
    this.closeGroup();
    this.groupTitle = undefined;
    const text = comment.lines.join('\n');
    const manual: ManualStep = {
      kind: 'manual',
      id: this.context.mint.mint(...this.context.headingPath, text),
      title: cutTitle(comment.lines.find(line => line.trim() !== '') ?? 'Note'),
      link: /https?:\/\/[^\s)>"']+/.exec(text)?.[0],
      range: this.rangeOf(
        { line: comment.firstLine, column: 0 },
        comment.lastLine,
        this.lengthOf(comment.lastLine),
      ),
      headingPath: this.context.headingPath,
    };
    this.steps.push(manual);
  }

  command(raw: RawCommand): void {
    const { text, shell, broken } = raw.statement;
    const { command, note } = splitNote(text, shell.script);
    const verdicts = judgeScript(shell.script);
    const { risk, mode } = highest(verdicts);
    const { reads, sets } = variablesOf(shell.script);
    const lastLineText = command.slice(command.lastIndexOf('\n') + 1);
    const isOneLine = raw.firstLine === raw.lastLine;
    const endColumn = isOneLine
      ? raw.column + lastLineText.length
      : note === undefined
        ? this.lengthOf(raw.lastLine)
        : lastLineText.length;
    this.pending.push({
      kind: 'command',
      id: this.context.mint.mint(...this.context.headingPath, command),
      title: this.groupTitle ?? '',
      group: undefined,
      command,
      note,
      range: this.rangeOf({ line: raw.firstLine, column: raw.column }, raw.lastLine, endColumn),
      blockRange: this.context.table.lines(this.block.startLine, this.block.endLine),
      headingPath: this.context.headingPath,
      risk,
      mode,
      isEnvironmentMutating: mutatesEnvironment(shell.script),
      riskReasons: [...new Set(verdicts.filter(one => one.risk === risk).map(one => one.reason))],
      holes: command === text ? shell.holes : findHoles(command),
      variables: reads.filter(name => !this.context.setSoFar.has(name)),
      reads,
      sets,
      broken,
      sampleOutput: raw.output.join('\n').trim() || undefined,
    });
    for (const name of sets) this.context.setSoFar.add(name);
  }

  finish(): readonly Step[] {
    this.closeGroup();
    return this.steps;
  }

  private closeGroup(): void {
    const count = this.pending.length;
    const title = this.groupTitle ?? this.titleAround();
    for (const [i, step] of this.pending.entries())
      this.steps.push({
        ...step,
        title: title || cutTitle(step.command),
        group: count > 1 && title ? { title, index: i + 1, count } : undefined,
      });
    this.pending = [];
  }

  private titleAround(): string {
    return toTitle(this.block.lead) || (this.context.headingPath.at(-1) ?? '');
  }

  private lengthOf(line: number): number {
    return (this.lines[line] ?? '').trimEnd().length;
  }

  /** Lines and columns within the block's text (common indentation removed) → place in the file. */
  private rangeOf(from: { line: number; column: number }, lastLine: number, endColumn: number) {
    return this.context.table.span(
      { line: this.block.firstContentLine + from.line, column: this.offsetOf(from.line) + from.column },
      { line: this.block.firstContentLine + lastLine, column: this.offsetOf(lastLine) + endColumn },
    );
  }

  private offsetOf(line: number): number {
    const raw = this.rawLines[line] ?? '';
    const removed = raw.length - (this.lines[line] ?? '').length;
    return this.context.table.columnOf(this.block.firstContentLine + line, raw) + removed;
  }
}
