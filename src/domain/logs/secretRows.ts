import { KeyRows, keyRowMark } from './keyRows.ts';
import type { LogLine } from './model.ts';
import type { LogStore } from './store.ts';

/** Which rows of one source are the inside of a private key: found in order, once, as far as somebody asks. */
export class SecretRows {
  private readonly store: LogStore;
  private readonly keys = [new KeyRows(), new KeyRows()];
  private next = 0;

  constructor(store: LogStore) {
    this.store = store;
  }

  /** For who reads the rows in order anyway and has the text at hand. */
  learn(seq: number, text: string): void {
    if (seq < this.next) return;
    this.readTo(seq);
    this.note(seq, text);
  }

  has(seq: number): boolean {
    this.readTo(seq + 1);
    return this.store.isSecret(seq);
  }

  /** The row's text as far as it may leave the store; secrets within one line are for the redactor. */
  text(seq: number): string {
    return this.has(seq) ? keyRowMark : this.store.text(seq);
  }

  line(seq: number): LogLine {
    const line = this.store.line(seq);
    return this.has(seq) ? { ...line, text: keyRowMark } : line;
  }

  private readTo(end: number): void {
    const { store } = this;
    if (this.next < store.firstSeq && this.next < end) {
      this.next = Math.min(store.firstSeq, end);
      for (const key of this.keys) key.skip();
    }
    while (this.next < end) this.note(this.next, store.text(this.next));
  }

  private note(seq: number, text: string): void {
    this.next = seq + 1;
    if (this.store.isBoundary(seq)) return;
    if (this.keys[this.store.stream(seq)]?.isInside(text) === true) this.store.setSecret(seq);
  }
}
