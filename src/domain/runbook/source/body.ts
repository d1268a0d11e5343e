const ADMONITION = /^([ \t]*)(?:!!!|\?\?\?\+?|===)[ \t]+\S/;

/**
 * The text a CommonMark parser may see: same number of lines, and each line a tail of the original line, so
 * that positions lead back. Takes away the byte order mark, front matter and the indentation of admonitions
 * (MkDocs), none of which CommonMark knows.
 */
export function toMarkdownBody(text: string): string {
  const body = blankFrontMatter(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return /^[ \t]*(?:!!!|\?\?\?|===)/m.test(body) ? unindentAdmonitions(body) : body;
}

/** Title and the like from the front matter, as plain `key: value` lines. */
export function frontMatterValue(text: string, key: string): string | undefined {
  const end = frontMatterEnd(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (end === 0) return undefined;
  const match = new RegExp(`^${key}\\s*:[ \\t]*(.+)$`, 'm').exec(text.slice(0, end));
  return match?.[1]?.trim().replace(/^(['"])(.*)\1$/, '$2');
}

function frontMatterEnd(text: string): number {
  const open = /^---[ \t]*(?:\r\n|\r|\n)/.exec(text);
  if (!open) return 0;
  const close = /^(?:---|\.\.\.)[ \t]*$/gm;
  close.lastIndex = open[0].length;
  const found = close.exec(text);
  return found && isKeyValue(text.slice(open[0].length, found.index)) ? found.index + found[0].length : 0;
}

/** A page may begin with a horizontal rule: only lines shaped like YAML make front matter. */
function isKeyValue(yaml: string): boolean {
  const first = yaml.split(/\r\n|\r|\n/).find(line => line.trim() !== '');
  return first === undefined || /^\s*(?:#|[\w"'-][^:]*:|- )/.test(first);
}

function blankFrontMatter(text: string): string {
  const end = frontMatterEnd(text);
  if (end === 0) return text;
  return text.slice(0, end).replace(/[^\r\n]+/g, '') + text.slice(end);
}

function unindentAdmonitions(text: string): string {
  const parts = text.split(/(\r\n|\r|\n)/);
  const open: number[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const line = parts[i] ?? '';
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    while (open.length > 0 && indent < (open.at(-1) ?? 0) + 4) open.pop();
    const isOpener = ADMONITION.test(line);
    parts[i] = isOpener ? '' : line.slice(Math.min(indent, 4 * open.length));
    if (isOpener) open.push(indent);
  }
  return parts.join('');
}
