import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { plainText } from '../../domain/logs/ansi.ts';
import type { LogFilter, LogFilterSpec } from '../../domain/logs/filter.ts';
import { compileFilter, noFilter } from '../../domain/logs/filter.ts';
import type { TextMatcher } from '../../domain/logs/matcher.ts';
import { compileMatcher } from '../../domain/logs/matcher.ts';
import { streams } from '../../domain/logs/model.ts';
import type { RowRef } from '../../domain/logs/rowIndex.ts';
import { RowIndex } from '../../domain/logs/rowIndex.ts';
import type { LogTail } from '../logTails.ts';
import type { ViewSource } from './viewSource.ts';
import { newViewSource, oldestUnread, rewind } from './viewSource.ts';

/** The host has other work: reading pauses after so long and goes on in the next turn. */
const sliceMs = 8;

/** Several tails as one list of rows in the order of time, filtered and folded; kept up while they grow. */
export class LogView implements Disposable {
  readonly rows = new RowIndex();
  private readonly clock: Clock;
  private readonly changes = new Emitter<void>();
  private subscriptions = new DisposableStore();
  private readonly unfolded = new Set<string>();
  private viewSources: readonly ViewSource[] = [];
  private filter: LogFilter = emptyFilter();
  private search: TextMatcher | undefined;
  private searched = 0;
  private pumping: Disposable | undefined;
  private prunedSeqs = 0;
  private isAllUnfolded = false;

  filterError = '';
  searchError = '';

  /** Rows, sources or counts may differ from before. */
  readonly onDidChange = this.changes.event;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get sources(): readonly ViewSource[] {
    return this.viewSources;
  }

  /** Not everything that is held has been looked at yet. */
  get isBusy(): boolean {
    return this.pumping !== undefined;
  }

  get includeMatcher(): TextMatcher | undefined {
    return this.filter.include;
  }

  get searchMatcher(): TextMatcher | undefined {
    return this.search;
  }

  /** As far as the text decides: what include and exclude say. */
  wantsText(text: string): boolean {
    return this.filter.hasText(text);
  }

  /** The tails stay their owner's. */
  setTails(tails: readonly LogTail[]): void {
    this.subscriptions.dispose();
    this.subscriptions = new DisposableStore();
    this.viewSources = tails.map(newViewSource);
    for (const source of this.viewSources) {
      this.subscriptions.add(source.tail.onDidAppend(() => this.schedule()));
      this.subscriptions.add(source.tail.onDidChangeState(() => this.changes.fire()));
    }
    this.restart();
  }

  setFilter(spec: LogFilterSpec): void {
    const compiled = compileFilter(spec);
    this.filterError = compiled.ok ? '' : compiled.error;
    if (compiled.ok) this.filter = compiled.value;
    if (compiled.ok) this.restart();
    else this.changes.fire();
  }

  setSearch(pattern: string): void {
    const compiled = pattern === '' ? undefined : compileMatcher(pattern);
    this.searchError = compiled?.ok === false ? compiled.error : '';
    this.search = compiled?.ok ? compiled.value : undefined;
    this.rows.clearHits();
    this.searched = this.rows.first;
    this.schedule();
    this.changes.fire();
  }

  isUnfolded(ref: RowRef): boolean {
    return this.isAllUnfolded !== this.unfolded.has(`${ref.source}:${ref.seq}`);
  }

  /** A person has unfolded this very row. */
  isOpened(ref: RowRef): boolean {
    return this.unfolded.has(`${ref.source}:${ref.seq}`);
  }

  toggleFold(row: number): void {
    const ref = this.rows.at(row);
    const group = ref && this.viewSources[ref.source]?.groups.get(ref.seq);
    if (ref === undefined) return;
    const key = `${ref.source}:${ref.seq}`;
    const wasUnfolded = this.isUnfolded(ref);
    if (!this.unfolded.delete(key)) this.unfolded.add(key);
    if (group === undefined) {
      this.changes.fire();
      return;
    }
    const members = new Set(group);
    if (wasUnfolded) {
      for (let at = row + 1; members.size > 0 && at < this.rows.end; ) {
        const other = this.rows.at(at);
        if (other?.source === ref.source && members.delete(other.seq)) this.rows.remove(at);
        else at++;
        if (at > row + 10_000) break;
      }
    } else {
      let at = row + 1;
      for (const seq of group) this.rows.insert(at++, { source: ref.source, seq }, false);
    }
    this.searched = Math.min(this.searched, row);
    this.schedule();
    this.changes.fire();
  }

  foldAll(isFolded: boolean): void {
    this.isAllUnfolded = !isFolded;
    this.unfolded.clear();
    this.restart();
  }

  dispose(): void {
    this.pumping?.dispose();
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private restart(): void {
    this.rows.clear();
    this.searched = 0;
    this.prunedSeqs = 0;
    for (const source of this.viewSources) rewind(source);
    this.schedule();
    this.changes.fire();
  }

  private schedule(): void {
    this.pumping ??= this.clock.after(0, () => this.pump());
  }

  private pump(): void {
    this.pumping = undefined;
    const untilMs = this.clock.monotonicMs() + sliceMs;
    this.prune();
    let isDone = false;
    for (let i = 0; !isDone; i++) {
      if (i % 64 === 63 && this.clock.monotonicMs() >= untilMs) break;
      const index = oldestUnread(this.viewSources);
      const source = index === undefined ? undefined : this.viewSources[index];
      if (index === undefined || source === undefined) isDone = true;
      else this.read(index, source, source.next++);
    }
    if (isDone) isDone = this.searchOn(untilMs);
    if (isDone) for (const source of this.viewSources) source.tail.store.forgetTexts();
    else this.schedule();
    this.changes.fire();
  }

  private read(index: number, source: ViewSource, seq: number): void {
    const { store, facts, id } = source.tail;
    if (!this.filter.hasSource(id)) return;
    const ref = { source: index, seq };
    if (store.isBoundary(seq)) {
      this.place(ref);
      return;
    }
    const text = store.sequentialText(seq);
    facts.learn(seq, text);
    const stream = store.stream(seq);
    const head = source.heads[stream];
    if (head === undefined) return;
    if (!store.isContinuation(seq)) {
      head.seq = seq;
      head.isShown = this.matchesHead(source, seq) && this.filter.hasText(text);
      if (head.isShown) this.place(ref);
      return;
    }
    const group = source.groups.get(head.seq);
    if (group === undefined) source.groups.set(head.seq, [seq]);
    else group.push(seq);
    if (
      !head.isShown &&
      store.has(head.seq) &&
      this.matchesHead(source, head.seq) &&
      this.filter.hasText(text)
    ) {
      head.isShown = true;
      this.place({ source: index, seq: head.seq });
    }
    if (head.isShown && this.isUnfolded({ source: index, seq: head.seq })) this.place(ref);
  }

  private matchesHead(source: ViewSource, seq: number): boolean {
    const { store } = source.tail;
    if (!this.filter.hasStream(streams[store.stream(seq)] ?? 'stdout')) return false;
    return !this.filter.needsLevel || this.filter.hasLevel(store.level(seq) ?? 'unknown');
  }

  /** At the end, or a little before it where another source's rows are newer. */
  private place(ref: RowRef): void {
    const store = this.viewSources[ref.source]?.tail.store;
    let row = this.rows.end;
    for (; store !== undefined && row > this.rows.first; row--) {
      const before = this.rows.at(row - 1);
      const other = before && this.viewSources[before.source]?.tail.store;
      if (before === undefined || other === undefined) break;
      // Rows of one source stay in the order in which they came, whatever the times of its streams.
      if (
        before.source === ref.source
          ? before.seq < ref.seq
          : other.compareTime(before.seq, store, ref.seq) <= 0
      )
        break;
    }
    if (row === this.rows.end) {
      this.rows.push(ref, false);
      return;
    }
    this.rows.insert(row, ref, false);
    this.searched = Math.min(this.searched, row);
  }

  private searchOn(untilMs: number): boolean {
    const rows = this.rows;
    const search = this.search;
    if (search === undefined) return true;
    this.searched = Math.max(this.searched, rows.first);
    for (; this.searched < rows.end; this.searched++) {
      if (this.searched % 64 === 63 && this.clock.monotonicMs() >= untilMs) {
        this.searched++;
        rows.setHit(this.searched - 1, this.hasHit(search, rows.at(this.searched - 1)));
        return false;
      }
      rows.setHit(this.searched, this.hasHit(search, rows.at(this.searched)));
    }
    return true;
  }

  /** In the line, or in what is folded under it. */
  private hasHit(search: TextMatcher, ref: RowRef | undefined): boolean {
    const source = ref && this.viewSources[ref.source];
    if (ref === undefined || source === undefined) return false;
    const { store } = source.tail;
    if (search.test(plainText(store.sequentialText(ref.seq)))) return true;
    const group = source.groups.get(ref.seq);
    if (group === undefined || this.isUnfolded(ref)) return false;
    return group.some(seq => store.has(seq) && search.test(plainText(store.sequentialText(seq))));
  }

  private prune(): void {
    const droppedSeqs = this.viewSources.reduce((sum, { tail }) => sum + tail.store.firstSeq, 0);
    const isThorough = droppedSeqs - this.prunedSeqs > Math.max(20_000, this.rows.size / 2);
    this.rows.dropUnless(ref => this.viewSources[ref.source]?.tail.store.has(ref.seq) === true, isThorough);
    if (!isThorough) return;
    this.prunedSeqs = droppedSeqs;
    for (const { groups, tail } of this.viewSources) {
      for (const seq of groups.keys()) {
        if (tail.store.has(seq)) break;
        groups.delete(seq);
      }
    }
  }
}

function emptyFilter(): LogFilter {
  const compiled = compileFilter(noFilter);
  if (!compiled.ok) throw new Error(compiled.error);
  return compiled.value;
}
