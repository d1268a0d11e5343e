import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { element, setAttributes } from '../dom.ts';
import { VirtualList } from '../virtualList.ts';
import type { Zone } from '../zone.ts';
import { createRow, updateRow } from './entryRow.ts';

export interface EntryListActions {
  onActive(row: TimelineRow): void;
  onToggleDetail(row: TimelineRow): void;
  onPin(row: TimelineRow): void;
  onSource(row: TimelineRow): void;
}

const rowHeightPx = 28;

/** The list of entries: one active row (keyboard), any number of marked ones (for merging), one opened. */
export class EntryList {
  readonly node: HTMLElement;
  private readonly list: VirtualList<TimelineRow>;
  private readonly actions: EntryListActions;
  private readonly marked = new Set<string>();
  private rows: readonly TimelineRow[] = [];
  private zone: Zone;
  private activeId: string | undefined;
  private openId: string | undefined;
  private detail: HTMLElement | undefined;
  private isSeveralDays = false;

  constructor(zone: Zone, actions: EntryListActions) {
    this.zone = zone;
    this.actions = actions;
    this.node = element('div', {
      class: 'entries',
      role: 'grid',
      tabindex: 0,
      'aria-label': 'Entries',
      'aria-multiselectable': 'true',
    });
    this.list = new VirtualList<TimelineRow>({
      scroller: this.node,
      rowHeightPx,
      createRow,
      updateRow: (row, entry, index) => this.fill(row, entry, index),
      keyOf: row => row.id,
    });
    this.node.addEventListener('click', event => this.clicked(event));
  }

  get active(): TimelineRow | undefined {
    return this.rows[this.activeIndex];
  }

  get markedIds(): readonly string[] {
    return this.rows.filter(row => this.marked.has(row.id)).map(row => row.id);
  }

  setRows(rows: readonly TimelineRow[], zone: Zone): void {
    const wasAtEnd = this.rows.length > 0 && this.list.isAtEnd && !this.detail;
    this.rows = rows;
    this.zone = zone;
    const [first] = rows;
    const last = rows.at(-1);
    this.isSeveralDays = first && last ? zone.date(first.atMs) !== zone.date(last.atMs) : false;
    this.node.classList.toggle('several-days', this.isSeveralDays);
    setAttributes(this.node, { 'aria-rowcount': rows.length });
    this.list.setItems(rows);
    this.placeDetail();
    if (wasAtEnd) this.list.scrollTo(rows.length - 1);
    this.sayActive();
  }

  scrollToEnd(): void {
    this.list.scrollTo(this.rows.length - 1);
  }

  /** False when the filter hides it. */
  reveal(id: string): boolean {
    const index = this.indexOf(id);
    if (index < 0) return false;
    this.activate(index, 'center');
    return true;
  }

  /** The entry nearest to a moment, e.g. one clicked in the lanes. */
  revealTime(atMs: number): void {
    let index = this.rows.findIndex(row => row.atMs >= atMs);
    if (index < 0) index = this.rows.length - 1;
    const before = this.rows[index - 1];
    const row = this.rows[index];
    if (before && row && atMs - before.atMs < row.atMs - atMs) index--;
    if (index >= 0) this.activate(index, 'center');
  }

  showDetail(id: string | undefined, node: HTMLElement | undefined): void {
    this.openId = id;
    this.detail = node;
    this.placeDetail();
    this.list.refresh();
    if (id !== undefined) this.list.scrollTo(this.indexOf(id));
  }

  /** Called again when the detail has changed its height by itself. */
  showWhole(): void {
    if (this.openId !== undefined) this.list.scrollTo(this.indexOf(this.openId));
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    const page = Math.max(1, Math.floor(this.node.clientHeight / rowHeightPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.rows.length,
      End: this.rows.length,
    };
    const by = moves[event.key];
    if (by === undefined || this.rows.length === 0) return false;
    if (event.shiftKey) this.mark(this.active, true);
    this.activate(Math.min(Math.max(this.activeIndex + by, 0), this.rows.length - 1), 'nearest');
    if (event.shiftKey) this.mark(this.active, true);
    else this.clearMarks();
    return true;
  }

  clearMarks(): void {
    if (this.marked.size === 0) return;
    this.marked.clear();
    this.list.refresh();
  }

  private get activeIndex(): number {
    return this.activeId === undefined ? -1 : this.indexOf(this.activeId);
  }

  private indexOf(id: string): number {
    return this.rows.findIndex(row => row.id === id);
  }

  private placeDetail(): void {
    const index = this.openId === undefined ? -1 : this.indexOf(this.openId);
    this.list.setExpanded(index, index < 0 ? undefined : this.detail);
  }

  private activate(index: number, place: 'nearest' | 'center'): void {
    const row = this.rows[index];
    if (!row) return;
    this.activeId = row.id;
    this.list.scrollTo(index, place);
    this.list.refresh();
    this.sayActive();
    this.actions.onActive(row);
  }

  private sayActive(): void {
    const index = this.activeIndex;
    setAttributes(this.node, { 'aria-activedescendant': index < 0 ? undefined : `row-${index}` });
  }

  private mark(row: TimelineRow | undefined, isMarked: boolean): void {
    if (!row) return;
    if (isMarked) this.marked.add(row.id);
    else this.marked.delete(row.id);
    this.list.refresh();
  }

  private fill(row: HTMLElement, entry: TimelineRow, index: number): void {
    const before = this.rows[index - 1];
    const isNewDay =
      this.isSeveralDays && (!before || this.zone.date(before.atMs) !== this.zone.date(entry.atMs));
    const time = this.zone.time(entry.atMs);
    updateRow(row, entry, {
      index,
      timeText: isNewDay ? `${this.zone.date(entry.atMs).slice(5)} ${time}` : time,
      fullTime: this.zone.dateTime(entry.atMs),
      isActive: entry.id === this.activeId,
      isMarked: this.marked.has(entry.id),
      isOpen: entry.id === this.openId,
    });
  }

  private rowOf(event: Event): { readonly index: number; readonly doing: string | undefined } | undefined {
    if (!(event.target instanceof Element)) return undefined;
    const row = event.target.closest<HTMLElement>('.row');
    const index = Number(row?.dataset['index'] ?? -1);
    const doing = event.target.closest<HTMLElement>('[data-do]')?.dataset['do'];
    return row && index >= 0 ? { index, doing } : undefined;
  }

  private clicked(event: MouseEvent): void {
    const hit = this.rowOf(event);
    const entry = hit && this.rows[hit.index];
    if (!hit || !entry) return;
    if (hit.doing === 'pin') this.actions.onPin(entry);
    else if (hit.doing === 'source') this.actions.onSource(entry);
    else if (event.ctrlKey || event.metaKey) this.mark(entry, !this.marked.has(entry.id));
    else {
      this.clearMarks();
      this.activate(hit.index, 'nearest');
      this.actions.onToggleDetail(entry);
    }
  }
}
