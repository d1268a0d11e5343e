import { element } from './dom.ts';

export interface VirtualListOptions<T> {
  readonly scroller: HTMLElement;
  readonly rowHeightPx: number;
  readonly createRow: () => HTMLElement;
  readonly updateRow: (row: HTMLElement, item: T, index: number) => void;
  readonly keyOf: (item: T) => string;
}

const overscan = 8;

/**
 * Shows only the rows in view, at fixed height, of which one may be followed by a taller element. Rows are reused
 * while scrolling, so nothing is created after the first screen.
 */
export class VirtualList<T> {
  private readonly options: VirtualListOptions<T>;
  private readonly canvas: HTMLElement;
  private readonly shown = new Map<number, HTMLElement>();
  private readonly spare: HTMLElement[] = [];
  private items: readonly T[] = [];
  private expandedIndex = -1;
  private expanded: HTMLElement | undefined;
  private expandedHeightPx = 0;
  private readonly sizes: ResizeObserver;

  constructor(options: VirtualListOptions<T>) {
    this.options = options;
    this.canvas = element('div', { class: 'canvas', role: 'presentation' });
    options.scroller.append(this.canvas);
    options.scroller.addEventListener('scroll', () => this.render(), { passive: true });
    this.sizes = new ResizeObserver(() => {
      this.measure();
      this.render();
    });
    this.sizes.observe(options.scroller);
  }

  get isAtEnd(): boolean {
    const { scroller, rowHeightPx } = this.options;
    return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2 * rowHeightPx;
  }

  /** What is on top stays on top, whatever was added or taken away above it. */
  setItems(items: readonly T[]): void {
    const { scroller, keyOf, rowHeightPx } = this.options;
    const topIndex = Math.floor(scroller.scrollTop / rowHeightPx);
    const top = this.items[topIndex];
    const insidePx = scroller.scrollTop - topIndex * rowHeightPx;
    this.items = items;
    this.layout();
    if (top !== undefined && scroller.scrollTop > 0 && !this.expanded) {
      const key = keyOf(top);
      const at =
        keyOf(items[topIndex] ?? top) === key ? topIndex : items.findIndex(one => keyOf(one) === key);
      if (at >= 0) scroller.scrollTop = at * rowHeightPx + insidePx;
    }
    this.refresh();
  }

  /** Puts `node` below the row at `index`; undefined takes it away. */
  setExpanded(index: number, node: HTMLElement | undefined): void {
    if (this.expanded !== node) {
      if (this.expanded) {
        this.sizes.unobserve(this.expanded);
        this.expanded.remove();
      }
      this.expanded = node;
      if (node) {
        const row = this.shown.get(index);
        if (row) row.after(node);
        else this.canvas.append(node);
        this.sizes.observe(node);
      }
    }
    this.expandedIndex = node ? index : -1;
    this.measure();
    this.render();
  }

  /** Fills every shown row again. */
  refresh(): void {
    for (const [index, row] of this.shown) {
      const item = this.items[index];
      if (item === undefined) this.release(index, row);
      else this.options.updateRow(row, item, index);
    }
    this.render();
  }

  rowAt(index: number): HTMLElement | undefined {
    return this.shown.get(index);
  }

  scrollTo(index: number, place: 'nearest' | 'center' = 'nearest'): void {
    const { scroller, rowHeightPx } = this.options;
    const top = this.topOf(index);
    const bottom = top + rowHeightPx + (index === this.expandedIndex ? this.expandedHeightPx : 0);
    const height = scroller.clientHeight;
    if (place === 'center') scroller.scrollTop = top - height / 2;
    else if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + height) scroller.scrollTop = Math.min(top, bottom - height);
    this.render();
  }

  private topOf(index: number): number {
    const isBelow = this.expandedIndex >= 0 && index > this.expandedIndex;
    return index * this.options.rowHeightPx + (isBelow ? this.expandedHeightPx : 0);
  }

  private measure(): void {
    this.expandedHeightPx = this.expanded?.offsetHeight ?? 0;
    this.layout();
  }

  private layout(): void {
    this.canvas.style.height = `${this.topOf(this.items.length)}px`;
  }

  private render(): void {
    const { scroller, rowHeightPx } = this.options;
    const top = scroller.scrollTop;
    const bottom = top + scroller.clientHeight;
    const skipPx = this.expandedIndex >= 0 ? this.expandedHeightPx : 0;
    const first = Math.max(0, Math.floor((top - skipPx) / rowHeightPx) - overscan);
    const last = Math.min(this.items.length - 1, Math.ceil(bottom / rowHeightPx) + overscan);
    for (const [index, row] of this.shown) if (index < first || index > last) this.release(index, row);
    for (let index = last; index >= first; index--) this.place(index);
    if (this.expanded) {
      const at = (this.expandedIndex + 1) * rowHeightPx;
      this.expanded.style.transform = `translateY(${at}px)`;
    }
  }

  private place(index: number): void {
    const item = this.items[index];
    if (item === undefined) return;
    let row = this.shown.get(index);
    if (!row) {
      row = this.spare.pop() ?? this.options.createRow();
      this.options.updateRow(row, item, index);
      // Screen readers read in document order, whatever the rows' places on the screen.
      this.canvas.insertBefore(row, this.shown.get(index + 1) ?? null);
      row.hidden = false;
      this.shown.set(index, row);
    }
    row.style.transform = `translateY(${this.topOf(index)}px)`;
  }

  private release(index: number, row: HTMLElement): void {
    row.hidden = true;
    this.shown.delete(index);
    this.spare.push(row);
  }
}
