import type { LogTail } from '../logTails.ts';

/** One tail inside a view: how far it was read, and which lines belong to which head. */
export interface ViewSource {
  readonly tail: LogTail;
  next: number;
  /** Heads by stream: number of the head, and whether it is shown. */
  readonly heads: { seq: number; isShown: boolean }[];
  /** Continuations by the number of their head. */
  readonly groups: Map<number, number[]>;
}

export function newViewSource(tail: LogTail): ViewSource {
  return { tail, next: tail.store.firstSeq, heads: noHeads(), groups: new Map() };
}

export function rewind(source: ViewSource): void {
  source.next = source.tail.store.firstSeq;
  source.heads.splice(0, 2, ...noHeads());
  source.groups.clear();
}

/** The source whose next unread row is the oldest. */
export function oldestUnread(sources: readonly ViewSource[]): number | undefined {
  let found: number | undefined;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    if (source === undefined) continue;
    const { store } = source.tail;
    if (source.next < store.firstSeq) source.next = store.firstSeq;
    if (source.next >= store.nextSeq) continue;
    const best = found === undefined ? undefined : sources[found];
    if (best === undefined || store.compareTime(source.next, best.tail.store, best.next) < 0) found = i;
  }
  return found;
}

function noHeads(): { seq: number; isShown: boolean }[] {
  return [
    { seq: -1, isShown: false },
    { seq: -1, isShown: false },
  ];
}
