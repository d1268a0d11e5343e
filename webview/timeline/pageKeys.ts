import type { TimelineRow, TimelineToHost } from '../../src/shared/timelineProtocol.ts';
import type { RowFilter } from './rowFilter.ts';

export interface KeyTargets {
  readonly page: {
    send(intent: TimelineToHost): void;
    setFilter(change: Partial<RowFilter>): void;
    hasNarrowing(): boolean;
    toggleDetail(entryId: string): void;
    closeDetail(): boolean;
    startEdit(entryId: string): void;
    focusComposer(): void;
    pin(row: TimelineRow): void;
    markedIds(): readonly string[];
  };
  readonly list: {
    readonly node: HTMLElement;
    readonly active: TimelineRow | undefined;
    key(event: KeyboardEvent): boolean;
    clearMarks(): void;
  };
  readonly lanes: { key(event: KeyboardEvent): boolean };
  readonly filterBar: { focusSearch(): void };
  readonly replay: { switch(): void; leave(): boolean };
}

/** Every key of the page in one place. Keys typed into a field are text, except Escape, which leaves it. */
export function listenToKeys(targets: KeyTargets): void {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.altKey) return;
    const isTyping = isField(event.target);
    if (event.key === 'Escape') {
      if (isTyping && !isSlider(event.target)) targets.list.node.focus();
      else leaveOne(targets);
      return;
    }
    if ((isTyping && !isSlider(event.target)) || event.ctrlKey || event.metaKey) return;
    if (isHandled(event, targets)) event.preventDefault();
  });
}

function isHandled(event: KeyboardEvent, targets: KeyTargets): boolean {
  const { page, list, lanes, filterBar, replay } = targets;
  if (lanes.key(event)) return true;
  if (event.key === '/') filterBar.focusSearch();
  else if (event.key === 'n') page.focusComposer();
  else if (event.key === 'r') replay.switch();
  else if (
    isControl(event.target) &&
    (event.key === 'Enter' || event.key === ' ' || event.key.startsWith('Arrow'))
  )
    return false;
  else if (list.key(event)) list.node.focus();
  else return list.active ? isEntryKey(event.key, list.active, page) : false;
  return true;
}

function isEntryKey(key: string, row: TimelineRow, page: KeyTargets['page']): boolean {
  const marked = page.markedIds();
  if (key === 'Enter' || key === ' ') page.toggleDetail(row.id);
  else if (key === 'e') page.startEdit(row.id);
  else if (key === 'p') page.pin(row);
  else if (key === 'o') page.send({ type: 'openSource', entryId: row.id });
  else if (key === 'Delete') page.send({ type: row.isRetracted ? 'restore' : 'retract', entryId: row.id });
  else if (key === 'm' && marked.length > 1) page.send({ type: 'merge', entryIds: marked });
  else return false;
  return true;
}

/** From the inside out: the opened entry, then what narrows the list. */
function leaveOne({ page, list, replay }: KeyTargets): void {
  list.clearMarks();
  if (page.closeDetail() || replay.leave()) list.node.focus();
  else if (page.hasNarrowing()) page.setFilter({ range: undefined, serviceId: undefined, search: '' });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('vscode-text-field, vscode-text-area, input, textarea');
}

/** Not typed into: the page's other keys work while it has the focus. */
function isSlider(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input[type=range]');
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('button, vscode-button, vscode-dropdown, a');
}
