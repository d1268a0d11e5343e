import type { LogRow, LogViewMessage } from '../../src/shared/logsProtocol.ts';
import { element } from '../dom.ts';
import { createRow } from './rowNode.ts';
import type { TimeMode } from './time.ts';

export interface RowListEvents {
  /** Other rows are wanted: from that number, -1 for the newest. */
  readonly onWant: (from: number, count: number) => void;
  readonly onFollow: (isFollowing: boolean) => void;
  readonly onFold: (id: string) => void;
}

/** Browsers clamp heights at about 33 million pixels; beyond it the list would lie about its end. */
const maxScrollPx = 8_000_000;
const marginRows = 60;

/**
 * A list that holds only the rows it shows and some around them. The scroll bar stands for row numbers, not pixels, so
 * that wrapped rows of any height and lists of any length need no measuring.
 */
export class RowList {
  readonly node: HTMLElement;
  private readonly spacer = element('div', { class: 'spacer' });
  private readonly rowsNode = element('div', { class: 'rows', role: 'rowgroup' });
  private readonly events: RowListEvents;
  private cache = new Map<number, LogRow>();
  private sourceLabels: readonly string[] = [];
  private first = 0;
  private end = 0;
  private top = 0;
  private rowPx = 18;
  private isQueued = false;
  private isWantQueued = false;
  private ownScrollTop = -1;
  private anchor: number | undefined;

  isFollowing = true;
  timeMode: TimeMode = 'local';
  cursor: number | undefined;

  constructor(events: RowListEvents) {
    this.events = events;
    this.node = element(
      'div',
      { class: 'list', role: 'grid', tabindex: 0, 'aria-label': 'Log lines', 'aria-readonly': 'true' },
      this.rowsNode,
      this.spacer,
    );
    this.node.addEventListener('scroll', () => this.scrolled());
    this.node.addEventListener('click', event => this.clicked(event));
    new ResizeObserver(() => this.queue()).observe(this.node);
  }

  get visibleCount(): number {
    return Math.max(1, Math.ceil(this.node.clientHeight / this.rowPx));
  }

  get range(): { readonly first: number; readonly end: number } {
    return { first: this.first, end: this.end };
  }

  get topRow(): number {
    return this.top;
  }

  /** First row to ask for so that there is a margin on both sides. */
  get pullFrom(): number {
    return Math.max(this.first, this.top - marginRows);
  }

  /** Ids of the selection's two ends; undefined when nothing is selected. */
  selection(): { readonly firstId: string; readonly lastId: string } | undefined {
    const last = this.cursor === undefined ? undefined : this.cache.get(this.cursor);
    if (last === undefined) return undefined;
    const first = this.cache.get(this.anchor ?? this.cursor ?? -1) ?? last;
    return { firstId: first.id, lastId: last.id };
  }

  update(message: LogViewMessage): void {
    this.first = message.first;
    this.end = message.end;
    this.sourceLabels = message.sources.map(source => source.label);
    const fresh = new Map(message.rows.map((row, i) => [message.from + i, row]));
    this.cache = fresh;
    if (this.isFollowing) this.top = this.lastTop();
    this.top = this.clampedTop(this.top);
    this.queue();
  }

  setFollowing(isFollowing: boolean): void {
    if (this.isFollowing === isFollowing) return;
    this.isFollowing = isFollowing;
    if (isFollowing) this.top = this.lastTop();
    this.events.onFollow(isFollowing);
    this.want();
    this.queue();
  }

  /** Puts the row in the middle, unless it is in sight, and the cursor on it. */
  reveal(row: number, keepsAnchor = false): void {
    this.cursor = Math.max(this.first, Math.min(row, this.end - 1));
    if (!keepsAnchor) this.anchor = undefined;
    const isInSight = this.cursor >= this.top && this.cursor < this.top + this.visibleCount - 1;
    if (!isInSight) {
      this.top = this.clampedTop(this.cursor - Math.floor(this.visibleCount / 2));
      this.want();
    }
    this.queue();
  }

  moveCursor(by: number, isExtending: boolean): void {
    const from = this.cursor ?? (by > 0 ? this.top - 1 : this.top + this.visibleCount);
    if (isExtending) this.anchor ??= this.cursor;
    if (by < 0 || from + by < this.end - 1) this.setFollowing(false);
    this.reveal(from + by, isExtending);
  }

  foldCursor(): void {
    const row = this.cursor === undefined ? undefined : this.cache.get(this.cursor);
    if (row !== undefined && (row.foldCount > 0 || row.isJson)) this.events.onFold(row.id);
  }

  want(): void {
    if (this.isFollowing) this.events.onWant(-1, this.visibleCount + marginRows);
    else this.events.onWant(this.pullFrom, this.visibleCount + 2 * marginRows);
  }

  redraw(): void {
    this.queue();
  }

  private scrolled(): void {
    if (Math.abs(this.node.scrollTop - this.ownScrollTop) < 1) return;
    const reach = this.node.scrollHeight - this.node.clientHeight;
    const isAtEnd = reach - this.node.scrollTop < 2;
    const share = reach > 0 ? this.node.scrollTop / reach : 0;
    this.top = this.clampedTop(this.first + Math.round(share * (this.lastTop() - this.first)));
    this.ownScrollTop = this.node.scrollTop;
    if (isAtEnd !== this.isFollowing) this.setFollowing(isAtEnd);
    if (this.isWantQueued) return;
    this.isWantQueued = true;
    requestAnimationFrame(() => {
      this.isWantQueued = false;
      this.want();
    });
    this.queue();
  }

  private clicked(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const fold = event.target.closest('[data-fold]')?.getAttribute('data-fold');
    if (fold) {
      this.events.onFold(fold);
      return;
    }
    const row = Number(event.target.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN);
    if (Number.isNaN(row) || window.getSelection()?.type === 'Range') return;
    this.anchor = event.shiftKey ? (this.anchor ?? this.cursor) : undefined;
    this.cursor = row;
    this.setFollowing(false);
    this.queue();
  }

  private queue(): void {
    if (this.isQueued) return;
    this.isQueued = true;
    requestAnimationFrame(() => {
      this.isQueued = false;
      this.draw();
    });
  }

  private draw(): void {
    const nodes: HTMLElement[] = [];
    const count = this.visibleCount + 1;
    const low = Math.min(this.anchor ?? this.cursor ?? -1, this.cursor ?? -1);
    const high = Math.max(this.anchor ?? -1, this.cursor ?? -1);
    const from = this.isFollowing ? Math.max(this.first, this.end - count) : this.top;
    for (let number = from; number < from + count && number < this.end; number++) {
      const row = this.cache.get(number);
      if (row === undefined) continue;
      nodes.push(
        createRow(row, number, {
          sourceLabels: this.sourceLabels,
          timeMode: this.timeMode,
          beforeMs: this.cache.get(number - 1)?.timeMs,
          isSelected: number >= low && number <= high,
          isCursor: number === this.cursor,
        }),
      );
    }
    this.rowsNode.replaceChildren(...nodes);
    this.rowsNode.classList.toggle('at-end', this.isFollowing);
    this.node.setAttribute('aria-rowcount', String(this.end));
    this.node.setAttribute('aria-activedescendant', this.cursor === undefined ? '' : `row-${this.cursor}`);
    const sample = nodes.find(node => node.offsetHeight > 0 && !node.classList.contains('tall'));
    if (sample !== undefined && !this.node.classList.contains('wrap')) this.rowPx = sample.offsetHeight;
    this.placeScrollBar();
  }

  private placeScrollBar(): void {
    const px = Math.min(maxScrollPx, (this.end - this.first) * this.rowPx);
    this.spacer.style.height = `${Math.max(0, px - this.node.clientHeight)}px`;
    const reach = this.node.scrollHeight - this.node.clientHeight;
    const rows = this.lastTop() - this.first;
    const wanted = this.isFollowing || rows <= 0 ? reach : (reach * (this.top - this.first)) / rows;
    if (Math.abs(this.node.scrollTop - wanted) >= 1) this.node.scrollTop = wanted;
    this.ownScrollTop = this.node.scrollTop;
  }

  private lastTop(): number {
    return Math.max(this.first, this.end - this.visibleCount + 1);
  }

  private clampedTop(top: number): number {
    return Math.max(this.first, Math.min(top, this.lastTop()));
  }
}
