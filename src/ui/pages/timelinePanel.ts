import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposables.ts';
import type { Event } from '../../base/emitter.ts';
import { errorText, isCancelled } from '../../base/errors.ts';
import type { Incident } from '../../domain/incident/model.ts';
import type { Log } from '../../ports.ts';
import type { Handlers } from '../../shared/fields.ts';
import {
  type EntryVersion,
  type TimelineToHost,
  type TimelineToPage,
  timelineMessages,
} from '../../shared/timelineProtocol.ts';
import { Coalescer } from './coalescer.ts';
import { PageHost, pageOptions } from './pageHost.ts';
import { pageIcon } from './pageIcon.ts';
import { TimelineFeed } from './timelineFeed.ts';

export const timelineViewType = 'watchkeeper.timeline';

/** What a person asked for on the page. A rejection is shown there in words. */
export type TimelineIntent = Exclude<TimelineToHost, { type: 'ready' | 'openDetail' | 'closeDetail' }>;

export type TimelineIntents = {
  readonly [K in TimelineIntent['type']]: (
    incidentId: string,
    intent: Extract<TimelineIntent, { type: K }>,
  ) => void | Promise<void>;
};

export interface TimelineSource {
  incident(id: string): Incident | undefined;
  /** Fires with the id of the incident that changed. */
  readonly onDidChange: Event<string>;
  /** How the entry read over time, oldest first; empty when it was never changed. */
  history(incidentId: string, entryId: string): readonly EntryVersion[];
}

export interface TimelinePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly source: TimelineSource;
  readonly intents: TimelineIntents;
  readonly clock: Clock;
  readonly log: Log;
}

const snapshotIntervalMs = 100;

/** The timeline pages: one editor tab per incident, found again after the window was reloaded. */
export class TimelinePanel implements Disposable, vscode.WebviewPanelSerializer {
  private readonly options: TimelinePanelOptions;
  private readonly open = new Map<string, OpenTimeline>();
  private readonly store = new DisposableStore();

  constructor(options: TimelinePanelOptions) {
    this.options = options;
    this.store.add(options.source.onDidChange(id => this.open.get(id)?.refresh()));
    this.store.add(vscode.window.registerWebviewPanelSerializer(timelineViewType, this));
  }

  /** Shows the incident's timeline beside what is open, or brings it to the front. */
  show(incidentId: string, entryId?: string): void {
    const existing = this.open.get(incidentId);
    if (existing) {
      existing.reveal(entryId);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      timelineViewType,
      titleOf(incidentId),
      vscode.ViewColumn.Active,
      pageOptions(this.options.extensionUri),
    );
    this.adopt(panel, incidentId).reveal(entryId);
  }

  /** Shows the incident as it was, moment by moment. */
  replay(incidentId: string): void {
    this.show(incidentId);
    this.open.get(incidentId)?.replay();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id: unknown =
      typeof state === 'object' && state !== null ? Reflect.get(state, 'incidentId') : undefined;
    if (typeof id === 'string') this.adopt(panel, id);
    else panel.dispose();
  }

  dispose(): void {
    for (const timeline of [...this.open.values()]) timeline.dispose();
    this.store.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, incidentId: string): OpenTimeline {
    this.open.get(incidentId)?.dispose();
    const timeline = new OpenTimeline(panel, incidentId, this.options);
    this.open.set(incidentId, timeline);
    panel.onDidDispose(() => {
      timeline.dispose();
      if (this.open.get(incidentId) === timeline) this.open.delete(incidentId);
    });
    return timeline;
  }
}

function titleOf(incidentId: string): string {
  return vscode.l10n.t('Timeline: {0}', incidentId);
}

class OpenTimeline implements Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly incidentId: string;
  private readonly options: TimelinePanelOptions;
  private readonly feed = new TimelineFeed();
  private readonly coalescer: Coalescer;
  private readonly page: PageHost<TimelineToHost, TimelineToPage>;
  private readonly store = new DisposableStore();
  private isReady = false;
  private isDisposed = false;
  private detailId: string | undefined;
  private revealId: string | undefined;
  private isReplayWanted = false;

  constructor(panel: vscode.WebviewPanel, incidentId: string, options: TimelinePanelOptions) {
    this.panel = panel;
    this.incidentId = incidentId;
    this.options = options;
    this.coalescer = this.store.add(new Coalescer(options.clock, snapshotIntervalMs, () => this.send()));
    panel.iconPath = pageIcon(options.extensionUri);
    this.page = this.store.add(
      new PageHost<TimelineToHost, TimelineToPage>(panel.webview, {
        extensionUri: options.extensionUri,
        page: 'timeline',
        title: titleOf(incidentId),
        data: { incident: incidentId },
        messages: timelineMessages,
        handlers: this.handlers(),
        log: options.log,
      }),
    );
    // A hidden page is thrown away by VS Code and says `ready` when it is shown again: nothing to send until then.
    this.store.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.isReady = false;
      }),
    );
    this.store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
  }

  refresh(): void {
    if (this.isReady) this.coalescer.request();
  }

  reveal(entryId: string | undefined): void {
    this.panel.reveal();
    this.revealId = entryId;
    this.sendReveal();
  }

  replay(): void {
    this.isReplayWanted = true;
    this.sendReveal();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.store.dispose();
    this.panel.dispose();
  }

  private send(): void {
    const { source, clock } = this.options;
    const incident = source.incident(this.incidentId);
    if (!incident || !this.isReady) return;
    this.page.post(this.feed.snapshot(incident, clock.nowMs(), vscode.workspace.isTrusted));
    this.sendDetail(incident);
  }

  private sendDetail(incident: Incident | undefined): void {
    const entry = incident?.entries.find(one => one.id === this.detailId);
    if (entry)
      this.page.post(this.feed.detail(entry, this.options.source.history(this.incidentId, entry.id)));
  }

  private sendReveal(): void {
    if (!this.isReady) return;
    if (this.revealId !== undefined) this.page.post({ type: 'reveal', entryId: this.revealId });
    this.revealId = undefined;
    if (this.isReplayWanted) this.page.post({ type: 'replay' });
    this.isReplayWanted = false;
  }

  private handlers(): Handlers<TimelineToHost> {
    const ask = (intent: TimelineIntent) => this.carryOut(intent);
    return {
      ready: () => {
        this.isReady = true;
        this.feed.reset();
        this.send();
        this.sendReveal();
      },
      openDetail: ({ entryId }) => {
        this.detailId = entryId;
        this.sendDetail(this.options.source.incident(this.incidentId));
      },
      closeDetail: () => {
        this.detailId = undefined;
      },
      addNote: ask,
      correct: ask,
      retract: ask,
      restore: ask,
      pin: ask,
      merge: ask,
      attachEvidence: ask,
      setMilestone: ask,
      changeStatus: ask,
      changeSeverity: ask,
      openSource: ask,
      openProof: ask,
      removeProof: ask,
      openService: ask,
      generateReview: ask,
    };
  }

  private async carryOut(intent: TimelineIntent): Promise<void> {
    const carryOut = this.options.intents[intent.type] as (
      incidentId: string,
      intent: TimelineIntent,
    ) => void | Promise<void>;
    try {
      await carryOut(this.incidentId, intent);
    } catch (error) {
      if (isCancelled(error)) return;
      this.page.post({ type: 'failed', intent: intent.type, text: errorText(error) });
      throw error;
    }
  }
}
