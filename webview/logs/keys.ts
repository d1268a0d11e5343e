import type { RowList } from './rowList.ts';
import type { Toolbar, ToolbarAction } from './toolbar.ts';

/** Keys of the list; boxes keep theirs, except Escape, which leads back to the list. */
export function listenToKeys(list: RowList, toolbar: Toolbar, act: (action: ToolbarAction) => void): void {
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => list.moveCursor(1, false),
    ArrowUp: () => list.moveCursor(-1, false),
    'shift+ArrowDown': () => list.moveCursor(1, true),
    'shift+ArrowUp': () => list.moveCursor(-1, true),
    PageDown: () => list.moveCursor(list.visibleCount - 1, false),
    PageUp: () => list.moveCursor(1 - list.visibleCount, false),
    'shift+PageDown': () => list.moveCursor(list.visibleCount - 1, true),
    'shift+PageUp': () => list.moveCursor(1 - list.visibleCount, true),
    Home: () => {
      list.setFollowing(false);
      list.reveal(list.range.first);
    },
    End: () => list.setFollowing(true),
    '/': () => toolbar.search.focus(),
    n: () => act('next'),
    'shift+N': () => act('previous'),
    f: () => act('follow'),
    p: () => act('pin'),
    c: () => act('copy'),
    Enter: () => list.foldCursor(),
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isInBox = event.target instanceof HTMLInputElement;
    if (isInBox && event.key === 'Escape') list.node.focus();
    if (isInBox || (event.target instanceof HTMLButtonElement && event.key === 'Enter')) return;
    const action = actions[event.shiftKey ? `shift+${event.key}` : event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
