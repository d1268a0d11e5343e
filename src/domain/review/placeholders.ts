/** A hole of a template, as written: `{Incident Title}`, `{incident-id}`, `{{title}}`. */
export interface Placeholder {
  readonly text: string;
  /** 0-based offset in the scanned line. */
  readonly start: number;
  readonly end: number;
}

const pattern = /\{\{[\p{L}][^{}\n]{0,79}\}\}|\{[\p{L}][^{}\n]{0,79}\}/gu;

/** A backslash before the brace says that the text is meant literally. */
export function findPlaceholders(line: string): Placeholder[] {
  if (!line.includes('{')) return [];
  const found: Placeholder[] = [];
  for (const match of line.matchAll(pattern)) {
    const before = line.charAt(match.index - 1);
    if (before === '\\' || before === '$' || before === '%') continue;
    found.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}

export function hasPlaceholder(line: string): boolean {
  return findPlaceholders(line).length > 0;
}

/** `{Start-time}` → `start time`: what a rule compares. */
export function placeholderName(text: string): string {
  return text
    .replace(/[{}]/g, '')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
