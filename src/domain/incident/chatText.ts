const codeParts = /(```[\s\S]*?```|`[^`\n]*`)/;

/** Markdown as Slack's `mrkdwn` writes it: one star for bold, three characters escaped, nobody pinged by accident. */
export function toSlackMrkdwn(markdown: string): string {
  return markdown
    .split(codeParts)
    .map((part, index) => (index % 2 === 1 ? escapeSlack(part) : toSlackText(part)))
    .join('');
}

function toSlackText(text: string): string {
  return escapeSlack(text)
    .replace(/@(here|channel|everyone)\b/gi, '@\u2060$1')
    .replace(/^#{1,6}\s+(.+)$/gm, '**$1**')
    .replace(/(?<![*\w])\*(?![*\s])([^*\n]+?)\*(?!\*)/g, '_$1_')
    .replace(/\*\*(?=\S)([^\n]*?\S)\*\*/g, '*$1*')
    .replace(/~~([^~\n]+)~~/g, '~$1~')
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>')
    .replace(/^(\s*)[-*]\s+/gm, '$1• ');
}

function escapeSlack(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Markdown without its marks, for an e-mail or a phone. */
export function toPlainMessage(markdown: string): string {
  return markdown
    .split(codeParts)
    .map((part, index) => (index % 2 === 1 ? part.replace(/^```.*\n?|```$|^`|`$/g, '') : withoutMarks(part)))
    .join('');
}

function withoutMarks(text: string): string {
  return text
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*(?=\S)([^\n]*?\S)\*\*/g, '$1')
    .replace(/(?<![*\w])\*(?![*\s])([^*\n]+?)\*(?!\*)/g, '$1')
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '$1 ($2)');
}
