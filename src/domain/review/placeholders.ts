/** A hole of a template, as written: `{Incident Title}`, `{incident-id}`, `{{title}}`, `[Incident Title]`. */
export interface Placeholder {
  readonly text: string;
  /** 0-based offset in the scanned line. */
  readonly start: number;
  readonly end: number;
}

const pattern = /\{\{[\p{L}][^{}\n]{0,79}\}\}|\{[\p{L}][^{}\n]{0,79}\}/gu;

/** Words in brackets that are no link, picture, footnote, box or wiki page. */
const bracketed = /(?<![\][!])\[\p{L}[^[\]{}\n]{1,79}\](?![([:\]])/gu;

/** A backslash before the brace says that the text is meant literally. */
export function findPlaceholders(line: string): Placeholder[] {
  const found = [...findBraced(line), ...(line.includes('[') ? toFound(line, bracketed) : [])];
  return found.sort((a, b) => a.start - b.start);
}

/** For texts that are no template: there, words in brackets are a person's own. */
export function findBraced(line: string): Placeholder[] {
  return line.includes('{') ? toFound(line, pattern) : [];
}

function toFound(line: string, shape: RegExp): Placeholder[] {
  const found: Placeholder[] = [];
  for (const match of line.matchAll(shape)) {
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
    .replace(/[{}[\]]/g, '')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
