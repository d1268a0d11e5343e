import type { LogsToHost, LogsToPage, LogViewMessage } from '../../src/shared/logsProtocol.ts';
import { type Bridge, openBridge } from '../bridge.ts';
import { element } from '../dom.ts';
import { listenToKeys } from './keys.ts';
import { RowList } from './rowList.ts';
import type { LogsState, ToolbarAction } from './toolbar.ts';
import { initialState, Toolbar } from './toolbar.ts';

const noticeMs = 4000;
const marginRows = 120;
/** Every row is another one at the next frame: those out of sight would be made in vain. */
const followMarginRows = 40;

/** Shows a window of the host's rows and asks for the next one only after the last has been shown. */
export class LogsPage {
  private readonly bridge: Bridge<LogsToHost, LogsToPage> = openBridge();
  private readonly list: RowList;
  private readonly toolbar: Toolbar;
  private readonly notice = element('div', { class: 'notice', role: 'status', hidden: true });
  private readonly sources = element('div', { class: 'sources' });
  private state: LogsState;
  private revision = 0;
  private pausedAtEnd = 0;
  private noticeTimer = 0;
  private isPullQueued = false;

  constructor(root: HTMLElement) {
    this.state = { ...initialState, ...asState(this.bridge.loadState()) };
    this.list = new RowList({
      onWant: (from, count) => this.bridge.send({ type: 'pull', from, count, revision: -1 }),
      onFollow: isFollowing => this.followed(isFollowing),
      onFold: id => this.bridge.send({ type: 'fold', id }),
    });
    this.toolbar = new Toolbar(this.state, {
      onState: change => this.changed(change),
      onAction: action => this.act(action),
      onJump: time => this.jump(time),
    });
    const bar = element('div', { class: 'sources-bar' }, this.sources, this.toolbar.counts);
    root.append(this.toolbar.node, bar, this.list.node, this.notice);
    listenToKeys(this.list, this.toolbar, action => this.act(action));
    this.bridge.listen(message => this.receive(message));
    this.bridge.send({ type: 'ready' });
    this.applyLook();
    this.sendFilter();
    this.bridge.send({ type: 'search', pattern: this.state.search });
    this.bridge.send({ type: 'json', isShort: this.state.isJsonShort });
    if (!this.state.isFolded) this.bridge.send({ type: 'foldAll', isFolded: false });
    this.toolbar.showFollowing(true, 0);
    this.list.want();
  }

  private receive(message: LogsToPage): void {
    if (message.type === 'view') this.show(message);
    else if (message.type === 'reveal') {
      this.list.setFollowing(false);
      this.list.reveal(message.row);
    } else if (message.type === 'include') {
      this.toolbar.include.value = message.pattern;
      this.changed({ include: message.pattern });
    } else this.notify(message.text);
  }

  private show(message: LogViewMessage): void {
    this.revision = message.revision;
    this.list.update(message);
    this.showCounts(message);
    this.toolbar.showError('include', message.filterError);
    this.toolbar.showError('search', message.searchError);
    this.showSources(message);
    // The next request leaves when this answer has been painted: a slow page makes the host wait, not queue.
    if (this.isPullQueued) return;
    this.isPullQueued = true;
    requestAnimationFrame(() => {
      this.isPullQueued = false;
      this.pullNext();
    });
  }

  private pullNext(): void {
    const list = this.list;
    const { isFollowing, visibleCount } = list;
    const from = isFollowing ? -1 : list.pullFrom;
    const count = visibleCount + (isFollowing ? followMarginRows : marginRows);
    this.bridge.send({ type: 'pull', from, count, revision: this.revision });
  }

  private showCounts(message: LogViewMessage): void {
    const shown = (message.end - message.first).toLocaleString();
    const held = message.heldLines.toLocaleString();
    const parts = [
      `${shown} of ${held} lines`,
      ...(message.droppedLines > 0 ? [`${message.droppedLines.toLocaleString()} older dropped`] : []),
      ...(message.isBusy ? ['reading…'] : []),
    ];
    const inOlder = message.olderHits > 0 ? ` · ${message.olderHits.toLocaleString()} older` : '';
    const hits = this.state.search === '' ? '' : `${message.hitCount.toLocaleString()} found${inOlder}`;
    this.toolbar.showCounts(parts.join(' · '), hits);
    this.toolbar.showOlder(message.olderLines);
    if (this.list.isFollowing) this.pausedAtEnd = message.end;
    this.toolbar.showFollowing(this.list.isFollowing, Math.max(0, message.end - this.pausedAtEnd));
  }

  private showSources(message: LogViewMessage): void {
    const text = message.sources.map(source => `${source.label} ${source.state}`).join('\n');
    if (this.sources.dataset['text'] === text) return;
    this.sources.dataset['text'] = text;
    const chips = message.sources.map((source, i) => {
      const close = element(
        'button',
        { type: 'button', class: 'link', 'aria-label': `Close ${source.label}` },
        '×',
      );
      close.addEventListener('click', () => this.bridge.send({ type: 'close', sourceId: source.id }));
      const state = source.isFollowing ? '' : ` · ${source.state}`;
      return element('span', { class: `chip source-${i % 6}` }, `${source.label}${state}`, close);
    });
    const empty = element('span', { class: 'dim' }, 'No log is open: run "Tail Container Logs…".');
    this.sources.replaceChildren(...(chips.length > 0 ? chips : [empty]));
  }

  private followed(isFollowing: boolean): void {
    this.pausedAtEnd = this.list.range.end;
    this.toolbar.showFollowing(isFollowing, 0);
  }

  private changed(change: Partial<LogsState>): void {
    this.state = { ...this.state, ...change };
    this.bridge.saveState(this.state);
    this.applyLook();
    if (change.search !== undefined) this.bridge.send({ type: 'search', pattern: change.search });
    if (change.isJsonShort !== undefined) this.bridge.send({ type: 'json', isShort: change.isJsonShort });
    if (change.isFolded !== undefined) this.bridge.send({ type: 'foldAll', isFolded: change.isFolded });
    if ('include' in change || 'exclude' in change || 'levels' in change || 'streams' in change)
      this.sendFilter();
  }

  private sendFilter(): void {
    const { include, exclude, levels, streams } = this.state;
    this.bridge.send({ type: 'filter', include, exclude, levels, streams, sources: [] });
  }

  private applyLook(): void {
    this.list.node.classList.toggle('wrap', this.state.isWrapped);
    this.list.timeMode = this.state.timeMode;
    this.list.redraw();
  }

  private act(action: ToolbarAction): void {
    if (action === 'follow') this.list.setFollowing(!this.list.isFollowing);
    else if (action === 'next' || action === 'previous') {
      const from = this.list.cursor ?? this.list.topRow - 1;
      this.bridge.send({ type: 'step', direction: action, from });
    } else if (action === 'copy' || action === 'pin') {
      const selection = this.list.selection();
      if (selection === undefined) this.notify('Select lines first: click, then Shift+click.');
      else this.bridge.send({ type: action, ...selection });
    } else this.bridge.send({ type: action });
  }

  private jump(time: string): void {
    this.bridge.send({ type: 'jump', time, isUtc: this.state.timeMode === 'utc' });
  }

  private notify(text: string): void {
    this.notice.textContent = text;
    this.notice.hidden = false;
    window.clearTimeout(this.noticeTimer);
    this.noticeTimer = window.setTimeout(() => {
      this.notice.hidden = true;
    }, noticeMs);
  }
}

function asState(value: unknown): Partial<LogsState> {
  return typeof value === 'object' && value !== null ? value : {};
}
