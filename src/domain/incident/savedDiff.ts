import { alignLines } from '../review/align.ts';

export interface SavedDiff {
  /** 1-based first line that differs in the new text. */
  readonly line: number;
  readonly diff: string;
}

const maxLines = 40;
const maxText = 200_000;

/**
 * The lines that a save took out and put in. In files of variables only the names are kept: every value may be a
 * secret. Undefined when nothing changed or the text is too long to compare.
 */
export function diffSaved(file: string, before: string, after: string): SavedDiff | undefined {
  if (before === after || before.length > maxText || after.length > maxText) return undefined;
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const matches = alignLines(old, now);
  const kept = new Set(matches);
  const show = isVariables(file) ? withoutValue : (line: string) => line;
  const changed: string[] = [];
  let next = 0;
  let line = 0;
  const putIn = (until: number) => {
    for (; next < until; next++) {
      if (kept.has(next)) continue;
      changed.push(`+ ${show(now[next] ?? '')}`);
      line ||= next + 1;
    }
  };
  matches.forEach((match, index) => {
    if (match >= 0) {
      putIn(match);
      next = match + 1;
    } else {
      line ||= Math.min(next + 1, now.length);
      changed.push(`- ${show(old[index] ?? '')}`);
    }
  });
  putIn(now.length);
  const more = changed.length > maxLines ? [`… ${changed.length - maxLines} more lines`] : [];
  return changed.length === 0
    ? undefined
    : { line: Math.max(1, line), diff: [...changed.slice(0, maxLines), ...more].join('\n') };
}

function isVariables(file: string): boolean {
  return /(?:^|\/)\.env[^/]*$/.test(file);
}

function withoutValue(line: string): string {
  const name = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_.-]*\s*=/.exec(line)?.[0];
  return name !== undefined ? `${name}…` : /^\s*(?:#|$)/.test(line) ? line.replace(/=.*/s, '=…') : '…';
}
