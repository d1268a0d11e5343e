// OSC (title, shell integration, links), DCS/APC/PM strings, CSI, two-byte escapes.
const escapes =
  /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b]*(?:\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?/g;

/** What a person would have read: escape sequences gone, overwritten parts of a line gone, one kind of newline. */
export function toPlainText(terminalData: string): string {
  return terminalData
    .replace(escapes, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map(afterLastReturn)
    .join('\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
}

function afterLastReturn(line: string): string {
  const at = line.replace(/\r+$/, '').lastIndexOf('\r');
  return at < 0 ? line : line.slice(at + 1);
}

/** Device attributes, status and cursor, sizes, modes, colours, capabilities; the longest is a few characters. */
const questions =
  /\x1b\[(?:[>=]?\d*c|\??[56]n|\d*x|1[1-9]t|2[01]t|\??\d+\$p)|\x1b\]\d+;(?:\d+;)?\?|\x1bP[$+]q|\x05/;
const longestQuestion = 16;

/** Finds, in output that comes in pieces, whether a program asked the terminal something: it answers by typing. */
export class QuestionWatch {
  private last = '';
  hasAsked = false;

  see(chunk: string): void {
    this.hasAsked ||= questions.test(this.last + chunk);
    this.last = (this.last + chunk).slice(-longestQuestion);
  }
}

/** Keeps the first and the last of what a command printed, and says how much is missing between them. */
export class BoundedText {
  private head = '';
  private tail = '';
  private dropped = 0;
  private readonly limit: number;

  /** `limit` is in characters, for head and tail each. */
  constructor(limit: number) {
    this.limit = limit;
  }

  append(text: string): void {
    const room = this.limit - this.head.length;
    if (room > 0) this.head += text.slice(0, room);
    if (text.length <= room) return;
    const rest = this.tail + text.slice(Math.max(0, room));
    const cut = Math.max(0, rest.length - this.limit);
    this.dropped += cut;
    this.tail = rest.slice(cut);
  }

  toString(): string {
    if (this.dropped === 0) return this.head + this.tail;
    return `${this.head}\n… ${this.dropped} characters left out …\n${this.tail}`;
  }
}
