const MARKED = /[*_`[{\n\t]| {2}/;

/** What a reader sees of one Markdown line: emphasis, links, code marks and shortcodes reduced to their text. */
export function toPlainText(markdown: string): string {
  if (!MARKED.test(markdown)) return markdown.trim();
  return markdown
    .replace(/\{\{[<%].*?[%>]\}\}/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '$1')
    .replace(/`+([^`]*)`+/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

const MAX_TITLE = 80;

/** The last sentence of the text above a block, without list marks and final colon. */
export function toTitle(markdown: string): string {
  const plain = toPlainText(markdown.replace(/^\s*(?:[-*+]|\d+[.)])?\s*\[[ xX]\]\s*/, ''));
  const sentences = plain.split(/(?<=[.!?])\s+(?=[A-Z])/);
  return cutTitle((sentences.at(-1) ?? plain).replace(/[:：]\s*$/, ''));
}

export function cutTitle(text: string): string {
  const line = text.trim();
  return line.length <= MAX_TITLE ? line : `${line.slice(0, MAX_TITLE - 1).trimEnd()}…`;
}

/** `**Label**: text` as its two halves. */
export function parseLabelled(text: string): { readonly label: string; readonly value: string } | undefined {
  const match = /^(?:\*\*|__)([^*_]{1,60}?):?(?:\*\*|__)\s*:?\s*(.*)$/s.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  return { label: match[1].trim(), value: (match[2] ?? '').trim() };
}
