import { canBeOpen, parseShell, type ShellText } from './syntax.ts';

export interface Statement {
  /** The whole statement; continuation lines kept, joined with `\n`. */
  readonly text: string;
  /** How many lines it takes. */
  readonly lineCount: number;
  readonly shell: ShellText;
  /** Why it can never run, if so. */
  readonly broken: string | undefined;
}

/** An open quote at the top of a huge block must not be tried against every line below it. */
const MAX_LINES = 100;
const MAX_PARSED_CHARACTERS = 10_000;

/**
 * Takes lines until the shell grammar is satisfied. `next` gives the following line's text, or undefined at the
 * end of the block or before another prompt.
 */
export function takeStatement(first: string, next: (offset: number) => string | undefined): Statement {
  let text = trimContinuation(first);
  let shell = parseShell(text);
  if (!shell.isIncomplete) return finished(text, 1, shell);
  let spent = 0;
  for (let count = 1; count < MAX_LINES && spent < MAX_PARSED_CHARACTERS; count++) {
    const line = next(count);
    if (line === undefined) break;
    text += `\n${trimContinuation(line)}`;
    if (!couldComplete(line, shell)) continue;
    spent += text.length;
    shell = parseShell(text);
    if (!shell.isIncomplete) return finished(text, count + 1, shell);
  }
  return unfinished(first, next);
}

function finished(text: string, lineCount: number, shell: ShellText): Statement {
  return { text, lineCount, shell, broken: shell.error };
}

/** Never completed: keep the one line and its `\` lines, so that what follows is still read. */
function unfinished(first: string, next: (offset: number) => string | undefined): Statement {
  let text = trimContinuation(first);
  let lineCount = 1;
  while (/\\$/.test(text)) {
    const line = next(lineCount);
    if (line === undefined || line.trim() === '') {
      text = text.replace(/\s*\\$/, '');
      break;
    }
    text += `\n${trimContinuation(line)}`;
    lineCount++;
  }
  const shell = parseShell(text);
  return { text, lineCount, shell, broken: shell.error };
}

/** `\ ` with blanks behind it is a slip every author makes: bash would end the command there. */
function trimContinuation(line: string): string {
  return line.replace(/\\[ \t]+$/, '\\').replace(/[ \t]+$/, '');
}

function couldComplete(line: string, shell: ShellText): boolean {
  const error = shell.error ?? '';
  if (error.includes('double quote')) return line.includes('"');
  if (error.includes('single quote')) return line.includes("'");
  if (error.includes('backtick')) return line.includes('`');
  if (error.includes('here-document')) return /^\s*\S{1,60}$/.test(line);
  if (error.startsWith("expected 'done'")) return line.includes('done');
  if (error.startsWith("expected 'fi'")) return line.includes('fi');
  if (error.startsWith("expected 'esac'")) return line.includes('esac');
  return !/\\$/.test(line) || canBeOpen(line.slice(0, -1));
}
