import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { createTextField, type ValueElement } from '../components.ts';
import { element, replaceChildren, setAttributes, setText } from '../dom.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';
import { type Category, categories, countRows, type RowFilter } from './rowFilter.ts';

/** Chips with counts, what narrows the list besides them, the search box and how many are shown. */
export class FilterBar {
  readonly node: HTMLElement;
  private readonly chips = new Map<Category, HTMLButtonElement>();
  private readonly narrowing = element('span', { class: 'narrowing' });
  private readonly shown = element('span', { class: 'dim shown', 'aria-live': 'polite' });
  private readonly search: ValueElement;
  private readonly actions: PageActions;
  private filter: RowFilter;

  constructor(filter: RowFilter, actions: PageActions) {
    this.filter = filter;
    this.actions = actions;
    this.search = createTextField({
      label: 'Search entries',
      placeholder: 'Search ( / )',
      value: filter.search,
      onInput: search => actions.setFilter({ search }),
    });
    this.search.classList.add('search');
    const chips = element('div', { class: 'chips', role: 'group', 'aria-label': 'Show' });
    for (const category of categories) {
      const chip = element('button', { class: 'chip', type: 'button' });
      chip.addEventListener('click', event => this.toggle(category, event.ctrlKey || event.metaKey));
      this.chips.set(category, chip);
      chips.append(chip);
    }
    this.node = element('div', { class: 'filter-bar' }, chips, this.narrowing, this.shown, this.search);
  }

  focusSearch(): void {
    this.search.focus();
  }

  update(filter: RowFilter, rows: readonly TimelineRow[], shownCount: number, zone: Zone): void {
    this.filter = filter;
    const counts = countRows(rows);
    for (const [category, chip] of this.chips) {
      setText(chip, `${category} ${counts[category].toLocaleString('en')}`);
      setAttributes(chip, {
        'aria-pressed': filter.chosen.has(category) ? 'true' : 'false',
        class: counts[category] === 0 ? 'chip none' : 'chip',
      });
    }
    if (this.search.value !== filter.search) this.search.value = filter.search;
    setText(this.shown, shownCount === rows.length ? '' : `${shownCount.toLocaleString('en')} shown`);
    this.updateNarrowing(zone);
  }

  private updateNarrowing(zone: Zone): void {
    const { range, serviceId } = this.filter;
    const from = range && `${zone.time(range.fromMs)} – ${zone.time(range.untilMs)}`;
    replaceChildren(
      this.narrowing,
      from === undefined ? undefined : this.removable(from, { range: undefined }),
      serviceId === undefined ? undefined : this.removable(serviceId, { serviceId: undefined }),
    );
  }

  private removable(text: string, change: Partial<RowFilter>): HTMLElement {
    const chip = element('button', { class: 'chip on', 'aria-label': `Remove filter: ${text}` }, `${text} ✕`);
    chip.addEventListener('click', () => this.actions.setFilter(change));
    return chip;
  }

  /** A click shows just these; with Ctrl they are added; a click on the only chosen one shows everything but raw. */
  private toggle(category: Category, isAdding: boolean): void {
    const { chosen } = this.filter;
    const isOnly = chosen.size === 1 && chosen.has(category);
    if (!isAdding) {
      this.actions.setFilter({ chosen: new Set(isOnly ? [] : [category]) });
      return;
    }
    const next = new Set(chosen);
    if (!next.delete(category)) next.add(category);
    this.actions.setFilter({ chosen: next });
  }
}
