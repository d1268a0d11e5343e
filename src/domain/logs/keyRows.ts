const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
/** In every marker; looked for first, because most lines of most logs are spared the rest. */
const needle = 'PRIVATE KEY';
/** A key has no more lines; an end that never comes must not hide a log. */
const mostRows = 100;
/** So many rows in a row that no key is made of, and its end was not written. */
const mostStrangeRows = 5;
/** Whole rows of a key and no other word: what a reading that begins within a key sees of it. */
const wholeRow = /^[A-Za-z0-9+/]{60,76}={0,2}\s*$/;
const digest = /^[0-9a-fA-F]+\s*$/;
/** Also behind what a logger writes before each line, or inside its quotes. */
const keyLike = /[A-Za-z0-9+/=]{20,}|^\s*$|\b(?:Proc-Type|DEK-Info|Version|Comment):/;

/** A row of a key, with what stands before it, is not wider. */
const widest = 400;

export const keyRowMark = '«redacted:private key»';

/**
 * Tells which rows of one stream are the inside of a private key that was logged over several lines. The row of its
 * BEGIN is not one of them: who redacts that row by itself sees what it is.
 */
export class KeyRows {
  private left = 0;
  private strange = 0;
  /** What came before is not known. */
  private isUnsure = true;

  /** Call with each row, in order. */
  isInside(text: string): boolean {
    if (this.left > 0) return this.goOn(text);
    if (this.isUnsure) {
      this.isUnsure = false;
      if (text.length < 80 && wholeRow.test(text) && !digest.test(text)) {
        this.enter();
        return true;
      }
    }
    if (text.includes(needle)) this.look(text);
    return false;
  }

  /** Rows were left out. */
  skip(): void {
    this.isUnsure = true;
  }

  private goOn(text: string): boolean {
    this.left--;
    this.strange = keyLike.test(text.slice(0, widest)) ? 0 : this.strange + 1;
    if (text.includes(needle) && end.test(text)) this.left = 0;
    if (this.strange >= mostStrangeRows) this.left = 0;
    return true;
  }

  private look(text: string): void {
    const found = begin.exec(text);
    if (found !== null && !end.test(text.slice(found.index))) this.enter();
  }

  private enter(): void {
    this.left = mostRows;
    this.strange = 0;
  }
}
