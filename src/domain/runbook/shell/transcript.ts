import { isReplLine, promptLength, rootPromptLength } from './prompts.ts';
import { type RawItem, RawItems } from './rawItem.ts';
import { opensSession } from './sessions.ts';
import { takeStatement } from './statement.ts';
import { isSureCommand } from './sureCommand.ts';

type PromptRule = (line: string) => number;

/** Reads a block with prompts: what follows a prompt runs, everything else is what was printed. */
export function readTranscript(lines: readonly string[], prompt: PromptRule): readonly RawItem[] {
  return new TranscriptReader(lines, prompt).read();
}

class TranscriptReader {
  private readonly found = new RawItems();
  private hasPromptedCommand = false;
  private isInSession = false;
  private readonly lines: readonly string[];
  private readonly prompt: PromptRule;

  constructor(lines: readonly string[], prompt: PromptRule) {
    this.lines = lines;
    this.prompt = prompt;
  }

  read(): readonly RawItem[] {
    for (let i = 0; i < this.lines.length; ) i += this.readLine(this.lines[i] ?? '', i);
    return this.found.items;
  }

  private readLine(line: string, index: number): number {
    const length = this.promptOf(line);
    if (length > 0) return this.readCommand(line, index, length);
    if (line.trim() === '') this.found.blank();
    else if (/^\s*#/.test(line) && this.isTitle(index)) this.found.comment(line, index);
    else if (!this.hasPromptedCommand && isSureCommand(line) && !isReplLine(line))
      return this.readCommand(line, index, 0);
    else this.found.output(line);
    return 1;
  }

  private promptOf(line: string): number {
    const own = this.prompt === promptLength ? 0 : this.prompt(line);
    return own || promptLength(line) || (this.isInSession ? rootPromptLength(line) : 0);
  }

  private readCommand(line: string, index: number, length: number): number {
    this.hasPromptedCommand ||= length > 0;
    const column = length > 0 ? length : line.length - line.trimStart().length;
    const statement = takeStatement(line.slice(column), offset => {
      const next = this.lines[index + offset];
      // A new prompt means that the author's quote was never meant to go on.
      if (next === undefined || this.promptOf(next) > 0) return undefined;
      return next.replace(/^> ?/, '');
    });
    this.found.command(statement, index, column);
    this.isInSession ||= opensSession(statement.text);
    return statement.lineCount;
  }

  /** A comment belongs to the command below it; among output it is output. */
  private isTitle(index: number): boolean {
    const next = this.lines
      .slice(index + 1, index + 12)
      .find(line => line.trim() !== '' && !/^\s*#/.test(line));
    return next === undefined
      ? this.found.lastCommand === undefined
      : this.promptOf(next) > 0 || !this.hasPromptedCommand;
  }
}
