import type { DiskText } from './diskText.ts';

export interface Insertion {
  /** 0-based line of the file after which it goes; -1 is the top. */
  readonly after: number;
  readonly text: string;
  /** Empty lines wanted before it, and before what follows it. */
  readonly gap: number;
  readonly nextGap: number;
}

/** The file's lines with replacements and insertions applied; all else keeps its bytes. */
export class MergedLines {
  private readonly file: DiskText;
  private readonly output: string[] = [];
  /** For each line of the file, the 1-based line of the result where it or its successor stands. */
  private readonly lineNumbers: number[] = [];
  private isBehindRemoved = false;

  constructor(
    file: DiskText,
    replaced: ReadonlyMap<number, { readonly to: number; readonly text: string | undefined }>,
    inserted: readonly Insertion[],
  ) {
    this.file = file;
    const byAnchor = new Map<number, Insertion[]>();
    for (const insertion of inserted) {
      const group = byAnchor.get(insertion.after);
      if (group === undefined) byAnchor.set(insertion.after, [insertion]);
      else group.push(insertion);
    }
    this.insert(byAnchor.get(-1) ?? [], 0);
    for (let at = 0; at < file.lines.length; at++) {
      const change = replaced.get(at);
      const to = change?.to ?? at;
      if (change === undefined) this.keep(at);
      else this.replace(at, to, change.text);
      for (let line = at; line <= to; line++) this.insert(byAnchor.get(line) ?? [], line + 1);
      at = to;
    }
  }

  /** 1-based line of the result for a 0-based line of the file. */
  lineOf(at: number): number {
    return this.lineNumbers[at] ?? Math.max(1, this.output.length);
  }

  toText(): string {
    return (this.file.hasBom ? '\uFEFF' : '') + this.output.join('');
  }

  private keep(at: number): void {
    const line = this.file.lines[at] ?? { text: '', eol: '' };
    // The empty line that set a removed block apart goes with it.
    const isSpare = this.isBehindRemoved && line.text.trim() === '' && this.isAtGap();
    this.lineNumbers[at] = Math.max(1, this.output.length + (isSpare ? 0 : 1));
    if (!isSpare) this.output.push(line.text + line.eol);
    this.isBehindRemoved = isSpare;
  }

  private replace(from: number, to: number, text: string | undefined): void {
    for (let at = from; at <= to; at++) this.lineNumbers[at] = this.output.length + 1;
    if (text === undefined) {
      this.isBehindRemoved = true;
      return;
    }
    const eol = this.file.lines[to]?.eol ?? '';
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      this.output.push(line + (index < lines.length - 1 ? this.file.eol : eol));
    });
    this.isBehindRemoved = false;
  }

  private insert(insertions: readonly Insertion[], following: number): void {
    insertions.forEach(({ text, gap, nextGap }, index) => {
      this.endLastLine();
      for (let have = this.emptyLinesAtEnd(); this.output.length > 0 && have < gap; have++) {
        this.output.push(this.file.eol);
      }
      for (const line of text.split('\n')) this.output.push(line + this.file.eol);
      this.isBehindRemoved = false;
      const isLast = index === insertions.length - 1;
      const next = this.file.lines[following]?.text ?? '';
      if (isLast && nextGap > 0 && next.trim() !== '') this.output.push(this.file.eol);
    });
  }

  private endLastLine(): void {
    const last = this.output.at(-1);
    if (last !== undefined && !/[\r\n]$/.test(last))
      this.output[this.output.length - 1] = last + this.file.eol;
  }

  private emptyLinesAtEnd(): number {
    let count = 0;
    while (count < this.output.length && (this.output[this.output.length - 1 - count] ?? '').trim() === '')
      count++;
    return count;
  }

  private isAtGap(): boolean {
    return this.output.length === 0 || (this.output.at(-1) ?? '').trim() === '';
  }
}
