const asciiPunctuation = /[!-/:-@[-`{-~]/;
const special = /[\\`*_[<&|~$@{]/g;
const anySpecial = /[\\`*_[<&|~$@{]/;
// C0 and C1 controls but newline and tab, and the bidirectional controls that make text read other than it is.
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Free text as one Markdown line that shows exactly that text: no list, link, HTML, mention or placeholder. */
export function escapeText(text: string): string {
  const line = escapeInline(clean(text).replace(/\s*\n\s*/g, ' '));
  return line
    .replace(/^(#{1,6}|[-+>]|={2,}|-{2,})/, mark => `\\${mark}`)
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** Free text as one cell of a Markdown table; line ends become `<br>`. */
export function escapeCell(text: string): string {
  const whole = clean(text);
  return whole
    .split('\n')
    .map(line => escapeInline(line.trim(), whole))
    .filter(line => line !== '')
    .join('<br>');
}

/** Text as a code span that no backtick run in it can end early. */
export function toCode(text: string): string {
  const line = clean(text).replace(/\s*\n\s*/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(run => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(line) || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(invisible, '').trim();
}

/** `whole` is all that stands in one piece with the line: marks pair up over line breaks. */
function escapeInline(text: string, whole = text): string {
  if (!anySpecial.test(text)) return text;
  const count = (mark: string) => whole.split(mark).length - 1;
  // Brackets are common in logs and harmless unless they could become a link, a footnote or a check box.
  const isLinkLike = /\][([:]|\[\^|^\[[ x]?\]/i.test(whole);
  const hasPair = { '~': count('~') > 1, $: count('$') > 1 };
  return text.replace(special, (mark, at: number) => {
    const next = text.charAt(at + 1);
    switch (mark) {
      case '\\':
        return next === '' || asciiPunctuation.test(next) ? '\\\\' : mark;
      case '_':
        return isWord(text.charAt(at - 1)) && isWord(next) ? mark : '\\_';
      case '<':
        return '&lt;';
      case '&':
        return /^&#?\w+;/.test(text.slice(at)) ? '&amp;' : mark;
      case '[':
        return isLinkLike ? '\\[' : mark;
      case '~':
      case '$':
        return hasPair[mark] ? `\\${mark}` : mark;
      case '@':
        // A zero-width space keeps chat tools from paging everybody when the text is pasted there.
        return /^@(?:here|channel|everyone)\b/i.test(text.slice(at)) ? '@\u200b' : mark;
      case '{':
        return /^\{+\p{L}[^{}\n]{0,79}\}/u.test(text.slice(at)) ? '\\{' : mark;
      default:
        return `\\${mark}`;
    }
  });
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}
