import * as vscode from 'vscode';
import { type FollowedSources, mostPods } from '../../app/logs/followedSources.ts';
import { type LogSource, type TailStart, toSourceId } from '../../app/logs/logSource.ts';
import { LogView } from '../../app/logs/logView.ts';
import type { LogTail, LogTails } from '../../app/logTails.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposables.ts';
import type { RowRef } from '../../domain/logs/rowIndex.ts';
import type { Log, TextFiles } from '../../ports.ts';
import type { Handlers } from '../../shared/fields.ts';
import { type LogsToHost, type LogsToPage, logsToHost } from '../../shared/logsProtocol.ts';
import { PageHost } from '../pages/pageHost.ts';
import { boundaryText } from './boundaryText.ts';
import { openAsDocument, openOlder, saveAll } from './logExport.ts';
import { type PinnedLine, refsBetween, toPinnedLine, toSavedText } from './logText.ts';
import { OlderSearch } from './olderSearch.ts';
import { findHit, findRow, findTime } from './rowFinder.ts';
import type { RowOptions } from './rowView.ts';
import { ViewAnswers } from './viewAnswers.ts';

export interface LogPanelOptions {
  readonly tails: LogTails;
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  readonly files: TextFiles;
  /** For what is shown, copied or saved. */
  readonly redact: (text: string) => string;
  readonly onPin: (lines: readonly PinnedLine[]) => void | Promise<void>;
  readonly log: Log;
}

export interface ShowOptions extends TailStart {
  /** Taken over from a runbook's `| grep …`. */
  readonly include?: string;
}

/** More lines than this are no quotation. */
const maxCopiedLines = 10_000;
const viewId = 'watchkeeper.logs';

/** The "Watchkeeper Logs" view in the panel: register it as the provider of `watchkeeper.logs`. */
export class LogPanel implements vscode.WebviewViewProvider, Disposable {
  static readonly viewId = viewId;
  private readonly options: LogPanelOptions;
  /** What is shown: rows as they are filtered now. */
  readonly view: LogView;
  private readonly answers: ViewAnswers;
  private readonly olderSearch: OlderSearch;
  private readonly disposables = new DisposableStore();
  private readonly tails = new Map<string, LogTail>();
  private followed: FollowedSources | undefined;
  /** Sources that the person does not want, though they are followed. */
  private readonly closed = new Set<string>();
  private page: PageHost<LogsToHost, LogsToPage> | undefined;
  private webviewView: vscode.WebviewView | undefined;
  private isJsonShort = true;
  private include: string | undefined;

  constructor(options: LogPanelOptions) {
    this.options = options;
    this.view = this.disposables.add(new LogView(options.clock));
    this.olderSearch = this.disposables.add(new OlderSearch(this.view, () => this.answers.changed()));
    this.answers = new ViewAnswers(
      this.view,
      () => this.rowOptions(),
      message => this.page?.post(message),
      () => this.olderSearch.hits,
    );
    this.disposables.add(this.view.onDidChange(() => this.answers.changed()));
  }

  /** Shows the containers of these names next to each other in time, in place of what was shown. */
  show(containerNames: readonly string[], options: ShowOptions = {}): Promise<void> {
    return this.showSources(
      containerNames.map(name => ({ kind: 'container', ref: { by: 'name', name } })),
      options,
    );
  }

  async showSources(sources: readonly LogSource[], options: ShowOptions = {}): Promise<void> {
    this.followed?.dispose();
    const followed = this.options.tails.follow(sources);
    this.followed = followed;
    this.closed.clear();
    await followed.start();
    if (this.followed !== followed) return;
    followed.onDidChange(() => this.open(followed.sources, options));
    this.open(followed.sources, options);
    this.include = options.include;
    this.postInclude();
    if (followed.left > 0) {
      const text = vscode.l10n.t(
        '{0} more pods are not followed: the newest {1} are',
        followed.left,
        mostPods,
      );
      this.page?.post({ type: 'notice', text });
    }
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  private open(sources: readonly LogSource[], start: TailStart): void {
    const before = new Map(this.tails);
    this.tails.clear();
    for (const source of sources) {
      const id = toSourceId(source);
      if (this.closed.has(id)) continue;
      const tail = this.tails.get(id) ?? before.get(id) ?? this.options.tails.open(source, start);
      before.delete(id);
      this.tails.set(id, tail);
    }
    for (const tail of before.values()) tail.dispose();
    this.view.setTails([...this.tails.values()]);
    this.describe();
  }

  resolveWebviewView(webviewView: vscode.WebviewView): void {
    const { extensionUri, log } = this.options;
    this.webviewView = webviewView;
    const page = new PageHost<LogsToHost, LogsToPage>(webviewView.webview, {
      extensionUri,
      page: 'logs',
      title: vscode.l10n.t('Watchkeeper Logs'),
      messages: logsToHost,
      handlers: this.handlers(),
      log,
    });
    this.page = page;
    webviewView.onDidDispose(() => {
      page.dispose();
      if (this.page !== page) return;
      this.page = undefined;
      this.answers.reset();
    });
    this.describe();
  }

  dispose(): void {
    this.disposables.dispose();
    this.followed?.dispose();
    for (const tail of this.tails.values()) tail.dispose();
    this.tails.clear();
    this.page?.dispose();
  }

  private handlers(): Handlers<LogsToHost> {
    const { view, answers } = this;
    return {
      ready: () => {
        answers.reset();
        this.postInclude();
      },
      pull: request => answers.pull(request),
      filter: ({ include, exclude, levels, streams, sources }) => {
        if (include === this.include) this.include = undefined;
        view.setFilter({ include, exclude, levels, streams, sources });
      },
      search: ({ pattern }) => {
        view.setSearch(pattern);
        this.olderSearch.start();
      },
      step: ({ direction, from }) => this.reveal(findHit(view, from, direction)),
      jump: ({ time, isUtc }) => this.reveal(findTime(view, time, isUtc)),
      fold: ({ id }) => view.toggleFold(findRow(view, id) ?? -1),
      foldAll: ({ isFolded }) => view.foldAll(isFolded),
      json: ({ isShort }) => {
        this.isJsonShort = isShort;
        answers.changed();
      },
      copy: ({ firstId, lastId }) => this.copy(firstId, lastId),
      pin: ({ firstId, lastId }) => this.pin(firstId, lastId),
      openDocument: () => openAsDocument(view, this.options),
      openOlder: () => openOlder(view),
      saveAll: () => saveAll(view, this.options),
      close: ({ sourceId }) => this.close(sourceId),
    };
  }

  /** Once: afterwards the box is the person's. A page that is not there yet gets it when it is ready. */
  private postInclude(): void {
    if (this.include === undefined || this.page === undefined) return;
    this.page.post({ type: 'include', pattern: this.include });
  }

  private reveal(row: number | undefined): void {
    if (row === undefined) this.page?.post({ type: 'notice', text: vscode.l10n.t('Nothing found') });
    else this.page?.post({ type: 'reveal', row });
  }

  private async copy(firstId: string, lastId: string): Promise<void> {
    const lines = this.between(firstId, lastId)
      .map(ref => toSavedText(this.view, ref))
      .filter(line => line !== undefined);
    await vscode.env.clipboard.writeText(this.options.redact(`${lines.join('\n')}\n`));
    this.page?.post({ type: 'notice', text: vscode.l10n.t('{0} lines copied', lines.length) });
  }

  private async pin(firstId: string, lastId: string): Promise<void> {
    const lines = this.between(firstId, lastId)
      .map(ref => toPinnedLine(this.view, ref))
      .filter(line => line !== undefined);
    if (lines.length === 0) return;
    await this.options.onPin(lines);
    this.page?.post({ type: 'notice', text: pinnedText(lines.length) });
  }

  private between(firstId: string, lastId: string): readonly RowRef[] {
    const [a, b] = [findRow(this.view, firstId), findRow(this.view, lastId)];
    if (a === undefined || b === undefined) return [];
    const refs: RowRef[] = [];
    for (const ref of refsBetween(this.view, Math.min(a, b), Math.max(a, b))) {
      if (refs.length >= maxCopiedLines) break;
      refs.push(ref);
    }
    return refs;
  }

  private close(sourceId: string): void {
    const tail = this.tails.get(sourceId);
    if (tail === undefined) return;
    this.tails.delete(sourceId);
    this.closed.add(sourceId);
    this.view.setTails([...this.tails.values()]);
    tail.dispose();
    this.describe();
  }

  private describe(): void {
    if (this.webviewView === undefined) return;
    this.webviewView.description = [...this.tails.values()].map(tail => tail.label).join(', ');
  }

  private rowOptions(): RowOptions {
    return {
      isJsonShort: this.isJsonShort,
      redact: this.options.redact,
      boundaryText: boundary => boundaryText(boundary, this.tails.get(boundary.sourceId)?.label ?? ''),
    };
  }
}

function pinnedText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 line pinned') : vscode.l10n.t('{0} lines pinned', count);
}
