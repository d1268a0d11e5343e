import { levelOf } from './levels.ts';
import type { LogLevel } from './model.ts';
import { EventFolder } from './multiline.ts';
import { PatternCounts, patternKey } from './patterns.ts';
import { SecretRows } from './secretRows.ts';
import type { LogStore } from './store.ts';

/** What is worked out about the lines of one source, once, in order, and only when somebody looks at them. */
export class LineFacts {
  readonly patterns = new PatternCounts();
  readonly secrets: SecretRows;
  private readonly store: LogStore;
  private folders = [new EventFolder(), new EventFolder()];
  private next = 0;

  constructor(store: LogStore) {
    this.store = store;
    this.secrets = new SecretRows(store);
  }

  /** Works out level, continuation and pattern of the row; rows must be asked for in order the first time. */
  learn(seq: number, text: string): void {
    if (seq < this.next) return;
    if (seq > this.next) this.folders = [new EventFolder(), new EventFolder()];
    this.next = seq + 1;
    const store = this.store;
    if (store.isBoundary(seq)) return;
    this.secrets.learn(seq, text);
    const level = levelOf(text);
    const timeMs = store.timeMs(seq);
    store.setLevel(seq, level);
    if (this.folders[store.stream(seq)]?.isContinuation(text, level, timeMs)) store.setContinuation(seq);
    else if (countsByPattern(level)) this.patterns.add(patternKey(text), timeMs);
  }
}

/** Repetitions of what went wrong matter; those of ordinary requests would only cost. */
export function countsByPattern(level: LogLevel): boolean {
  return level === 'warn' || level === 'error' || level === 'fatal';
}
