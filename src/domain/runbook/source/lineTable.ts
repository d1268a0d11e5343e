import type { SourceRange } from '../../../base/source.ts';

/** Where each line of a text starts and ends (its line break excluded). Lines are 1-based, as people count. */
export class LineTable {
  readonly text: string;
  private readonly starts: number[] = [0];
  private readonly ends: number[] = [];

  constructor(text: string) {
    this.text = text;
    if (text.includes('\r')) this.readAnyBreaks(text);
    else this.readNewlines(text);
  }

  private readNewlines(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.ends.push(at);
      this.starts.push(at + 1);
    }
    this.ends.push(text.length);
  }

  private readAnyBreaks(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit !== 10 && unit !== 13) continue;
      this.ends.push(i);
      if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
      this.starts.push(i + 1);
    }
    this.ends.push(text.length);
  }

  get count(): number {
    return this.starts.length;
  }

  startOf(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  endOf(line: number): number {
    return this.ends[line - 1] ?? this.text.length;
  }

  line(line: number): string {
    return this.text.slice(this.startOf(line), this.endOf(line));
  }

  /** Whole lines, without the last one's line break. */
  lines(startLine: number, endLine: number): SourceRange {
    const last = Math.min(Math.max(startLine, endLine), this.count);
    const first = Math.min(startLine, this.count);
    return { startLine: first, endLine: last, start: this.startOf(first), end: this.endOf(last) };
  }

  /** From a column of one line to a column of another (0-based columns). */
  span(from: { line: number; column: number }, to: { line: number; column: number }): SourceRange {
    return {
      startLine: from.line,
      endLine: to.line,
      start: Math.min(this.startOf(from.line) + from.column, this.endOf(from.line)),
      end: Math.min(this.startOf(to.line) + to.column, this.endOf(to.line)),
    };
  }

  /**
   * Column at which `content` begins in a source line. Containers (lists, quotes, admonitions) only take away
   * from the front, so content is the line's tail, except where a tab was split.
   */
  columnOf(line: number, content: string): number {
    const source = this.line(line);
    if (source.endsWith(content)) return source.length - content.length;
    const tail = content.trimStart();
    return source.endsWith(tail) ? source.length - tail.length : source.length - source.trimStart().length;
  }
}
