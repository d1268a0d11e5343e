import type {
  EntryDetail,
  TimelineRow,
  TimelineSnapshot,
  TimelineToHost,
  TimelineToPage,
} from '../../src/shared/timelineProtocol.ts';
import type { Bridge } from '../bridge.ts';
import { element, setText } from '../dom.ts';
import { createZone, type Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';
import { Announcer } from './announcer.ts';
import { Composer } from './composer.ts';
import { DetailHolder } from './detailHolder.ts';
import { EntryList } from './entryList.ts';
import { FilterBar } from './filterBar.ts';
import { HeaderView } from './headerView.ts';
import { LaneView } from './laneView.ts';
import { listenToKeys } from './pageKeys.ts';
import { type PageState, parseState, toSavedState } from './pageState.ts';
import { ReplayBar } from './replayBar.ts';
import { filterRows, isKey, type RowFilter } from './rowFilter.ts';
import { RowStore } from './rowStore.ts';

/** Joins the parts: snapshots come in and are shown, what a person does goes out as intents. */
export class TimelinePage implements PageActions {
  private readonly bridge: Bridge<TimelineToHost, TimelineToPage>;
  private readonly store = new RowStore();
  private readonly announcer = new Announcer();
  private readonly header: HeaderView;
  private readonly lanes: LaneView;
  private readonly replay = new ReplayBar(atMs => this.replayAt(atMs));
  private readonly filterBar: FilterBar;
  private readonly list: EntryList;
  private readonly composer: Composer;
  private readonly details: DetailHolder;
  private readonly notice = element('p', { class: 'notice', role: 'alert' });
  private readonly empty = element('p', { class: 'empty dim' });
  private state: PageState;
  private zone: Zone = createZone('UTC');
  private snapshot: TimelineSnapshot | undefined;
  private receivedAtMs = 0;
  private sentNote = '';
  private revealId: string | undefined;
  private isReplayWanted = false;

  constructor(root: HTMLElement, incidentId: string, bridge: Bridge<TimelineToHost, TimelineToPage>) {
    this.bridge = bridge;
    this.state = parseState(bridge.loadState(), incidentId);
    this.header = new HeaderView(this);
    this.lanes = new LaneView(this);
    this.filterBar = new FilterBar(this.state.filter, this);
    this.list = new EntryList(this.zone, {
      onActive: () => undefined,
      onToggleDetail: row => this.toggleDetail(row.id),
      onPin: row => this.pin(row),
      onSource: row => this.send({ type: 'openSource', entryId: row.id }),
    });
    this.details = new DetailHolder(this, this.list, edit => this.change({ edit }));
    this.composer = new Composer(this.state.note, {
      onSend: text => this.addNote(text),
      onDraft: note => this.change({ note }),
    });
    this.notice.hidden = true;
    this.notice.addEventListener('click', () => {
      this.notice.hidden = true;
    });
    const body = element('div', { class: 'list-box' }, this.list.node, this.empty);
    root.append(
      this.header.node,
      this.lanes.node,
      this.replay.node,
      this.filterBar.node,
      this.notice,
      body,
      this.composer.node,
      this.announcer.node,
    );
  }

  start(): void {
    this.change({});
    this.bridge.listen(message => this.receive(message));
    const { list, lanes, filterBar, replay } = this;
    listenToKeys({ page: this, list, lanes, filterBar, replay });
    setInterval(() => this.tick(), 1000);
    this.send({ type: 'ready' });
  }

  send(intent: TimelineToHost): void {
    this.bridge.send(intent);
  }

  setFilter(change: Partial<RowFilter>): void {
    this.change({
      filter: { ...this.state.filter, ...change },
      ...('chosen' in change ? { hasChosen: true } : {}),
    });
    this.lanes.setFilter(this.state.filter.range, this.state.filter.serviceId);
    this.showRows();
  }

  hasNarrowing(): boolean {
    const { range, serviceId, search } = this.state.filter;
    return range !== undefined || serviceId !== undefined || search !== '';
  }

  toggleDetail(entryId: string): void {
    this.openDetail(this.state.openId === entryId ? undefined : entryId);
  }

  closeDetail(): boolean {
    if (this.state.openId === undefined) return false;
    this.openDetail(undefined);
    return true;
  }

  startEdit(entryId: string): void {
    if (this.state.openId !== entryId) this.openDetail(entryId);
    this.details.edit(entryId);
  }

  stopEdit(): void {
    this.details.stopEdit();
    this.list.node.focus();
  }

  pin(row: TimelineRow): void {
    this.send({ type: 'pin', entryId: row.id, isPinned: !row.isPinned });
  }

  focusComposer(): void {
    this.composer.focus();
  }

  markedIds(): readonly string[] {
    return this.list.markedIds;
  }

  revealTime(atMs: number): void {
    if (this.replay.momentMs !== undefined) this.replay.goTo(atMs);
    else this.list.revealTime(atMs);
  }

  /** Widens the filter when it hides the entry: asked to show it, the page shows it. */
  reveal(entryId: string): void {
    if (!this.store.get(entryId)) {
      this.revealId = entryId;
      return;
    }
    if (!this.list.reveal(entryId)) {
      const isRaw = this.store.get(entryId)?.relevance === 'raw';
      this.setFilter({
        chosen: new Set(isRaw ? ['raw'] : []),
        search: '',
        range: undefined,
        serviceId: undefined,
      });
      this.list.reveal(entryId);
    }
    this.list.node.focus();
  }

  private receive(message: TimelineToPage): void {
    if (message.type === 'snapshot') this.receiveSnapshot(message);
    else if (message.type === 'detail') this.receiveDetail(message);
    else if (message.type === 'reveal') this.reveal(message.entryId);
    else if (message.type === 'replay') this.beginReplay();
    else this.showNotice(message.text, message.intent);
  }

  /** Asked for before there is anything to replay, it begins with the first snapshot. */
  private beginReplay(): void {
    this.isReplayWanted = this.snapshot === undefined;
    if (this.snapshot && this.replay.momentMs === undefined) this.replay.enter();
  }

  private replayAt(atMs: number | undefined): void {
    this.header.setReplay(atMs, this.nowMs());
    this.lanes.setReplay(atMs);
    this.showRows();
    if (atMs !== undefined) this.list.scrollToEnd();
  }

  private receiveSnapshot(snapshot: TimelineSnapshot): void {
    const applied = this.store.apply(snapshot);
    if (applied === 'missing') this.send({ type: 'ready' });
    if (applied !== 'applied') return;
    const isFirst = this.snapshot === undefined;
    if (this.snapshot?.timeZone !== snapshot.timeZone) this.zone = createZone(snapshot.timeZone);
    this.snapshot = snapshot;
    this.receivedAtMs = performance.now();
    if (isFirst && !this.state.hasChosen) this.chooseFilter();
    this.header.update(snapshot, this.zone);
    this.lanes.update({ snapshot, rows: this.store.rows, zone: this.zone, nowMs: this.nowMs() });
    this.showRows();
    this.tick();
    this.announcer.arrived(this.store.arrived);
    if (isFirst) this.begin(snapshot);
  }

  private begin(snapshot: TimelineSnapshot): void {
    if (this.state.openId !== undefined) this.openDetail(this.state.openId);
    else if (snapshot.header.openUntilMs === undefined) this.list.scrollToEnd();
    if (this.state.edit) this.details.edit(this.state.edit.entryId, this.state.edit);
    if (this.revealId !== undefined) this.reveal(this.revealId);
    this.revealId = undefined;
    if (this.isReplayWanted) this.beginReplay();
  }

  /** Key entries if there are any: what belongs into the review comes first. */
  private chooseFilter(): void {
    const chosen = this.store.rows.some(isKey) ? new Set(['key'] as const) : new Set<never>();
    this.change({ filter: { ...this.state.filter, chosen } });
  }

  private receiveDetail(detail: EntryDetail): void {
    if (detail.entryId === this.state.openId) this.details.fill(detail);
  }

  private openDetail(openId: string | undefined): void {
    this.change({ openId });
    this.details.open(openId === undefined ? undefined : this.store.get(openId), this.zone);
    this.send(openId === undefined ? { type: 'closeDetail' } : { type: 'openDetail', entryId: openId });
  }

  private addNote(text: string): void {
    this.sentNote = text;
    this.send({ type: 'addNote', text, atMs: undefined });
  }

  private showNotice(text: string, intent: string): void {
    this.notice.hidden = false;
    setText(this.notice, text);
    if (intent === 'addNote') this.composer.giveBack(this.sentNote);
  }

  private showRows(): void {
    const { rows } = this.store;
    const filtered = filterRows(rows, this.state.filter);
    if (this.snapshot) this.replay.update({ snapshot: this.snapshot, rows: filtered, zone: this.zone });
    const { momentMs = Number.POSITIVE_INFINITY } = this.replay;
    const shown = filtered.filter(({ atMs }) => atMs <= momentMs);
    this.list.setRows(shown, this.zone);
    this.filterBar.update(this.state.filter, rows, shown.length, this.zone);
    this.details.refresh(this.state.openId === undefined ? undefined : this.store.get(this.state.openId));
    this.empty.hidden = shown.length > 0;
    setText(this.empty, rows.length === 0 ? 'Nothing recorded yet.' : 'No entry fits the filter.');
  }

  private tick(): void {
    if (!this.snapshot) return;
    const nowMs = this.nowMs();
    this.header.tick(nowMs);
    if (this.snapshot.header.openUntilMs === undefined) this.lanes.tick(nowMs);
  }

  /** The host's clock, counted on here: the two may run on different machines. */
  private nowMs(): number {
    return (this.snapshot?.nowMs ?? 0) + performance.now() - this.receivedAtMs;
  }

  private change(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    this.bridge.saveState(toSavedState(this.state));
  }
}
