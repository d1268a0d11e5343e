import { isTableRow, isTableRule, splitCells } from './tables.ts';

/**
 * A line as it is compared, never as it is written: table padding, rule widths, bullet marks, escapes and spaces
 * are what formatters change, and no change of a person's words.
 */
export function normalizeLine(line: string): string {
  const composed = line.normalize('NFC');
  if (isTableRow(composed)) {
    if (isTableRule(composed)) return `|${'-|'.repeat(splitCells(composed).length)}`;
    return `|${splitCells(composed).map(squeeze).join('|')}|`;
  }
  return squeeze(composed)
    .replace(/^[*+-] /, '- ')
    .replace(/^(\d+)\) /, '$1. ')
    .replace(/^- \[X\]/, '- [x]')
    .replaceAll('__', '**');
}

/** All lines that hold something, as they are compared. */
export function normalizeText(text: string): string {
  return text
    .split('\n')
    .map(normalizeLine)
    .filter(line => line !== '')
    .join('\n');
}

/** The words of a line, for telling an edited line from another one. */
export function wordsOf(line: string): string[] {
  return line.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** 0 for no word in common, 1 for the same words. */
export function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    common++;
    left.set(word, count - 1);
  }
  return (2 * common) / (a.length + b.length);
}

/** What makes a line the same line whatever its value: its label, or a heading's level. */
export function identityOf(line: string): string | undefined {
  const text = line.trim();
  const heading = /^(#{1,6})\s/.exec(text)?.[1];
  if (heading !== undefined) return heading;
  const label = /^(?:[-*+]\s+)?(?:\*\*|__)?([^*_:{|[\]]{1,80}?)(?::(?:\*\*|__)?|(?:\*\*|__):)(?:\s|$)/.exec(
    text,
  );
  return label?.[1] === undefined ? undefined : `f:${label[1].trim().toLowerCase()}`;
}

/** Escapes undone: the text that a reader sees. */
export function unescapeMarkdown(text: string): string {
  if (!/[\\\u200b&]/.test(text)) return text;
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

function squeeze(text: string): string {
  const plain = unescapeMarkdown(text);
  return (/\s\s|[\t\n\r\f\v\u00a0]/.test(plain) ? plain.replace(/\s+/g, ' ') : plain).trim();
}
