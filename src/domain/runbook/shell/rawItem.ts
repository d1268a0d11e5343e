import type { Statement } from './statement.ts';

export interface RawCommand {
  readonly kind: 'command';
  /** 0-based lines within the block's content. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Length of the prompt or indentation before the command on its first line (common indentation excluded). */
  readonly column: number;
  readonly statement: Statement;
  /** Lines of output that follow it in the block. */
  readonly output: string[];
}

export interface RawComment {
  readonly kind: 'comment';
  readonly firstLine: number;
  lastLine: number;
  /** Comment lines without their `#`. */
  readonly lines: string[];
}

export type RawItem = RawCommand | RawComment | { readonly kind: 'blank' };

/** Collects what a block holds, joining neighbouring comment lines. */
export class RawItems {
  readonly items: RawItem[] = [];
  lastCommand: RawCommand | undefined;

  blank(): void {
    if (this.items.at(-1)?.kind !== 'blank') this.items.push({ kind: 'blank' });
  }

  comment(line: string, index: number): void {
    const text = line.trim().replace(/^#+\s?/, '');
    const last = this.items.at(-1);
    if (last?.kind === 'comment') {
      last.lines.push(text);
      last.lastLine = index;
    } else this.items.push({ kind: 'comment', firstLine: index, lastLine: index, lines: [text] });
  }

  command(statement: Statement, firstLine: number, column: number): void {
    const lastLine = firstLine + statement.lineCount - 1;
    this.lastCommand = { kind: 'command', firstLine, lastLine, column, statement, output: [] };
    this.items.push(this.lastCommand);
  }

  output(line: string): void {
    this.lastCommand?.output.push(line);
  }
}
