/** A file as a person left it, line by line with its own line ends. */
export interface DiskText {
  readonly hasBom: boolean;
  /** The line end that most lines have. */
  readonly eol: string;
  readonly lines: readonly DiskLine[];
}

export interface DiskLine {
  readonly text: string;
  readonly eol: string;
}

export function parseDiskText(text: string): DiskText {
  const hasBom = text.startsWith('\uFEFF');
  const lines: DiskLine[] = [];
  for (const match of (hasBom ? text.slice(1) : text).matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    const line = { text: match[1] ?? '', eol: match[2] ?? '' };
    if (line.text !== '' || line.eol !== '') lines.push(line);
  }
  const crlf = lines.filter(line => line.eol === '\r\n').length;
  return { hasBom, eol: crlf * 2 > lines.length ? '\r\n' : '\n', lines };
}

/** Whole text with `\n`, for comparing. */
export function toPlainText({ lines }: DiskText): string {
  return lines.map(({ text, eol }) => text + (eol === '' ? '' : '\n')).join('');
}

/** A text of ours in the file's own manner. */
export function inMannerOf({ hasBom, eol }: DiskText, text: string): string {
  return (hasBom ? '\uFEFF' : '') + (eol === '\n' ? text : text.replaceAll('\n', eol));
}

/** Left by an interrupted git merge; such a file is nobody's final word. */
export function hasConflictMarkers({ lines }: DiskText): boolean {
  const has = (marker: RegExp) => lines.some(({ text }) => marker.test(text));
  return has(/^<{7}(?: |$)/) && has(/^>{7}(?: |$)/);
}
