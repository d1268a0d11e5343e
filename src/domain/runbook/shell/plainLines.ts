import { isCertainOutput, isLikelyOutput, isTableRow } from './outputLike.ts';
import { ENGLISH_PROGRAMS } from './programs.ts';
import { isReplLine } from './prompts.ts';
import { type RawItem, RawItems } from './rawItem.ts';
import { opensConsole } from './sessions.ts';
import { takeStatement } from './statement.ts';
import { isSureCommand, isUnmistakableCall, looksLikeCommand } from './sureCommand.ts';

/** Reads a block without prompts: commands, comments, and what they print. */
export function readPlainLines(lines: readonly string[], isTagged: boolean): readonly RawItem[] {
  return new PlainReader(lines, isTagged).read();
}

const ASKS_FOR_PATH =
  /^(?:sudo )?(?:which|whereis|readlink|realpath|pwd|find|ls|mktemp|dirname|locate|type|command|echo)\b/;

class PlainReader {
  private readonly found = new RawItems();
  /** `output` and `console` last until something that can only be a new command. */
  private state: 'command' | 'output' | 'console' = 'command';
  private isAfterGap = true;
  private readonly lines: readonly string[];
  private readonly isTagged: boolean;

  constructor(lines: readonly string[], isTagged: boolean) {
    this.lines = lines;
    this.isTagged = isTagged;
  }

  read(): readonly RawItem[] {
    for (let i = 0; i < this.lines.length; ) i += this.readLine(this.lines[i] ?? '', i);
    return this.found.items;
  }

  /** Returns how many lines were taken. */
  private readLine(line: string, index: number): number {
    if (line.trim() === '' || isComment(line)) {
      if (line.trim() === '') this.found.blank();
      else if (this.isHeadingOfOutput(index)) this.found.output(line);
      else this.found.comment(line, index);
      this.isAfterGap = true;
      return 1;
    }
    if (!this.isCommand(line, index)) {
      if (this.state === 'command') this.state = 'output';
      this.found.output(line);
      this.isAfterGap = false;
      return 1;
    }
    const column = line.length - line.trimStart().length;
    const statement = takeStatement(line.trimStart(), offset => this.lines[index + offset]);
    this.found.command(statement, index, column);
    this.state = opensConsole(statement.text) ? 'console' : 'command';
    this.isAfterGap = false;
    return statement.lineCount;
  }

  /** `# Memory` above `used_memory:1024`: programs print such lines too. */
  private isHeadingOfOutput(index: number): boolean {
    if (this.found.lastCommand === undefined) return false;
    const next = this.lines.findIndex((line, i) => i > index && !isComment(line));
    const line = this.lines[next] ?? '';
    return line.trim() !== '' && !this.isCommand(line, next);
  }

  private isCommand(line: string, index: number): boolean {
    if (isReplLine(line) || isCertainOutput(line)) return false;
    const isSure = isSureCommand(line);
    if (this.isPrintedAbove(line, isSure)) return false;
    if (this.state === 'console') return isSure;
    if (this.state === 'output')
      return isSure && !isLikelyOutput(line) && (this.isAfterGap || this.isUsedAbove(line));
    if (isSure) return true;
    if (!this.isTagged) return this.isBetweenCommands(line, index);
    return looksLikeCommand(line) && !(this.found.lastCommand && isLikelyOutput(line));
  }

  private isFunction(name: string): boolean {
    return this.found.items.some(
      item =>
        item.kind === 'command' &&
        item.statement.shell.script.commands.some(
          ({ command }) => command.type === 'Function' && command.name.value === name,
        ),
    );
  }

  /** Right below what was printed, only a program that the block has run before is another command. */
  private isUsedAbove(line: string): boolean {
    const program = /^\s*(?:sudo )?([\w.-]+) /.exec(line)?.[1] ?? '';
    if (ENGLISH_PROGRAMS.has(program)) return false;
    return this.found.items.some(
      item => item.kind === 'command' && item.statement.text.replace(/^sudo /, '').startsWith(`${program} `),
    );
  }

  /** Directly under a command: one bare word, a row of columns, or the path that was asked for. */
  private isPrintedAbove(line: string, isSure: boolean): boolean {
    const above = this.found.lastCommand?.statement.text;
    if (above === undefined || this.isAfterGap) return false;
    const words = line.trim().split(/\s+/);
    if (words.length === 1 && !isSure)
      return !/^[.~/$]|[=(]/.test(line.trim()) && !this.isFunction(line.trim());
    if (words.length === 1 && /^[~/]/.test(line.trim())) return ASKS_FOR_PATH.test(above);
    return isTableRow(line);
  }

  /** In an untagged block an unknown word runs only as a plain call, or between two commands. */
  private isBetweenCommands(line: string, index: number): boolean {
    if (isUnmistakableCall(line)) return this.found.lastCommand === undefined || !isLikelyOutput(line);
    const next = this.lines.slice(index + 1).find(other => other.trim() !== '');
    return (
      this.found.lastCommand !== undefined &&
      next !== undefined &&
      isSureCommand(next) &&
      looksLikeCommand(line) &&
      !isLikelyOutput(line)
    );
  }
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}
