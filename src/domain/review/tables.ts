/** A line of a Markdown table, header and rule included. */
export function isTableRow(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line);
}

export function isTableRule(line: string): boolean {
  return /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);
}

/** The cells' Markdown, trimmed; an escaped `\|` does not end a cell. */
export function splitCells(line: string): string[] {
  const inner = line.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map(cell => cell.trim());
}

export function toRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
