import type { LogLevel, LogStreamName } from '../../src/domain/logs/model.ts';
import { element } from '../dom.ts';
import { Menu } from './menu.ts';
import type { TimeMode } from './time.ts';
import { timeModes } from './time.ts';

/** What a person set; survives the page being hidden. */
export interface LogsState {
  readonly include: string;
  readonly exclude: string;
  readonly search: string;
  readonly levels: readonly LogLevel[];
  readonly streams: readonly LogStreamName[];
  readonly isWrapped: boolean;
  readonly isFolded: boolean;
  readonly isJsonShort: boolean;
  readonly timeMode: TimeMode;
}

export const initialState: LogsState = {
  include: '',
  exclude: '',
  search: '',
  levels: [],
  streams: [],
  isWrapped: false,
  isFolded: true,
  isJsonShort: true,
  timeMode: 'local',
};

export interface ToolbarEvents {
  readonly onState: (change: Partial<LogsState>) => void;
  readonly onAction: (action: ToolbarAction) => void;
  readonly onJump: (time: string) => void;
}

export type ToolbarAction =
  | 'follow'
  | 'next'
  | 'previous'
  | 'copy'
  | 'pin'
  | 'openDocument'
  | 'openOlder'
  | 'saveAll';

const levelChips: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'];
const filterDelayMs = 150;

/** One line of buttons and boxes above the list; what does not fit stands in its menus. */
export class Toolbar {
  readonly node: HTMLElement;
  readonly include: HTMLInputElement;
  readonly search: HTMLInputElement;
  private readonly followButton: HTMLButtonElement;
  private readonly levels: Menu;
  private readonly older: HTMLButtonElement;
  /** Stands beside the sources, where there is room. */
  readonly counts = element('span', { class: 'counts', role: 'status', 'aria-live': 'polite' });
  private readonly hits = element('span', { class: 'hits', 'aria-live': 'polite' });
  private readonly events: ToolbarEvents;
  private state: LogsState;

  constructor(state: LogsState, events: ToolbarEvents) {
    this.state = state;
    this.events = events;
    this.followButton = this.button('Following', 'Follow the newest lines (f)', () =>
      events.onAction('follow'),
    );
    this.include = this.box('Show only (regex)', state.include, include => this.change({ include }));
    const exclude = this.box('Hide (regex)', state.exclude, value => this.change({ exclude: value }));
    this.search = this.box('Search (/)', state.search, search => this.change({ search }));
    this.search.addEventListener('keydown', event => {
      if (event.key === 'Enter') events.onAction(event.shiftKey ? 'previous' : 'next');
    });
    this.levels = new Menu('Levels', 'Which levels and streams are shown', [
      ...levelChips.map(level => this.levelChip(level)),
      this.streamChip(),
    ]);
    this.older = this.action('Older lines', 'Open the older lines that lie in a file', 'openOlder');
    this.older.hidden = true;
    const more = new Menu('More', 'Times, looks, and taking lines out', [
      this.jumpBox(),
      this.timeButton(),
      ...this.toggles(),
      this.action('Copy', 'Copy the selected lines (c)', 'copy'),
      this.action('Open', 'Open as document', 'openDocument'),
      this.older,
      this.action('Save all…', 'Save all lines to a file', 'saveAll'),
    ]);
    this.node = element(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Log view' },
      this.followButton,
      this.include,
      exclude,
      this.levels.node,
      this.search,
      this.hits,
      this.action('↑', 'Previous (N)', 'previous'),
      this.action('↓', 'Next (n)', 'next'),
      this.action('Pin', 'Pin the selected lines to the timeline (p)', 'pin'),
      more.node,
    );
    this.showLevels();
  }

  private jumpBox(): HTMLElement {
    const jump = element('input', {
      type: 'text',
      class: 'jump',
      placeholder: 'hh:mm:ss',
      'aria-label': 'Jump to time',
    });
    jump.addEventListener('keydown', event => {
      if (event.key === 'Enter') this.events.onJump(jump.value);
    });
    return jump;
  }

  /** How many lines lie in a file. */
  showOlder(lines: number): void {
    this.older.hidden = lines === 0;
    const text = `${lines.toLocaleString()} older lines`;
    if (lines > 0 && this.older.textContent !== text) this.older.textContent = text;
  }

  showCounts(text: string, hits: string): void {
    if (this.counts.textContent !== text) this.counts.textContent = text;
    if (this.hits.textContent !== hits) this.hits.textContent = hits;
  }

  showFollowing(isFollowing: boolean, newRows: number): void {
    const text = isFollowing
      ? 'Following'
      : newRows > 0
        ? `Paused · ${newRows.toLocaleString()} new`
        : 'Paused';
    if (this.followButton.textContent !== text) this.followButton.textContent = text;
    this.followButton.setAttribute('aria-pressed', String(isFollowing));
  }

  showError(box: 'include' | 'search', error: string): void {
    const node = box === 'include' ? this.include : this.search;
    node.classList.toggle('invalid', error !== '');
    node.setAttribute('aria-invalid', String(error !== ''));
    node.title = error;
  }

  private change(change: Partial<LogsState>): void {
    this.state = { ...this.state, ...change };
    this.events.onState(change);
    this.showLevels();
  }

  /** What hides lines must not hide itself in a menu. */
  private showLevels(): void {
    const { levels, streams } = this.state;
    const only = [...levels, ...streams];
    this.levels.setText(only.length === 0 ? 'Levels' : `Only ${only.join(', ')}`);
    this.levels.button.classList.toggle('is-on', only.length > 0);
  }

  private button(text: string, label: string, onClick: () => void): HTMLButtonElement {
    const node = element(
      'button',
      { type: 'button', class: 'chip', title: label, 'aria-label': label },
      text,
    );
    node.addEventListener('click', onClick);
    return node;
  }

  private action(text: string, label: string, action: ToolbarAction): HTMLButtonElement {
    return this.button(text, label, () => this.events.onAction(action));
  }

  private toggle(
    text: string,
    label: string,
    isOn: boolean,
    onChange: (isOn: boolean) => void,
  ): HTMLButtonElement {
    const node = this.button(text, label, () => {
      const next = node.getAttribute('aria-pressed') !== 'true';
      node.setAttribute('aria-pressed', String(next));
      onChange(next);
    });
    node.setAttribute('aria-pressed', String(isOn));
    return node;
  }

  private toggles(): HTMLElement[] {
    const { isWrapped, isFolded, isJsonShort } = this.state;
    return [
      this.toggle('Wrap', 'Wrap long lines', isWrapped, value => this.change({ isWrapped: value })),
      this.toggle('Fold', 'Fold stack traces', isFolded, value => this.change({ isFolded: value })),
      this.toggle('JSON', 'Shorten JSON lines', isJsonShort, value => this.change({ isJsonShort: value })),
    ];
  }

  private levelChip(level: LogLevel): HTMLElement {
    return this.toggle(level, `Show ${level} lines only`, this.state.levels.includes(level), isOn => {
      const others = this.state.levels.filter(item => item !== level);
      this.change({ levels: isOn ? [...others, level] : others });
    });
  }

  private streamChip(): HTMLElement {
    return this.toggle('stderr', 'Show stderr only', this.state.streams.includes('stderr'), isOn =>
      this.change({ streams: isOn ? ['stderr'] : [] }),
    );
  }

  private timeButton(): HTMLElement {
    const node = this.button(this.state.timeMode, 'Times: local, UTC or difference', () => {
      const next = timeModes[(timeModes.indexOf(this.state.timeMode) + 1) % timeModes.length] ?? 'local';
      node.textContent = next;
      this.change({ timeMode: next });
    });
    return node;
  }

  private box(label: string, value: string, onInput: (value: string) => void): HTMLInputElement {
    const node = element('input', {
      type: 'text',
      placeholder: label,
      'aria-label': label,
      spellcheck: 'false',
    });
    node.value = value;
    let timer = 0;
    node.addEventListener('input', () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => onInput(node.value), filterDelayMs);
    });
    return node;
  }
}
