import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables.ts';
import { readSetting } from '../host/settings.ts';
import { setContext } from '../ui/commands.ts';
import { nextDue } from '../ui/incident/dueRows.ts';
import { OverdueNotices } from '../ui/incident/overdueNotices.ts';
import { ReadingProgress } from '../ui/runbooks/readingProgress.ts';
import { failingLines, isFailing, summary } from '../ui/services/servicesModel.ts';
import { StatusBar } from '../ui/statusBar.ts';
import { sayUntrusted } from '../ui/trust.ts';
import { FailingRows } from './failingRows.ts';
import type { Parts } from './handlers.ts';
import type { Tools } from './tools.ts';

type Shown = Pick<Parts, 'index' | 'services' | 'runbooks' | 'incidents'>;

const barEveryMs = 1000;
const treeEveryTicks = 5;

/** Trees into their views; headline, badge and status bar kept true. */
export function attachViews(tools: Tools, shown: Shown): void {
  const { trees, views, store } = tools;
  const { services, runbooks, incidents } = shown;
  store.add(trees.services.attach(services.tree));
  store.add(trees.runbooks.attach(runbooks.tree));
  store.add(trees.incident.attach(incidents.tree));
  const restricted = vscode.l10n.t('Nothing is probed in Restricted Mode. Trust this workspace to start.');
  store.add(sayUntrusted(views.services, restricted));
  store.add(
    sayUntrusted(views.runbooks, vscode.l10n.t('Steps can be read in Restricted Mode, and do not run.')),
  );
  store.add(new ReadingProgress({ view: views.runbooks, index: shown.index }));
  store.add(
    views.runbooks.onDidChangeCheckboxState(({ items }) => {
      for (const [id] of items) void vscode.commands.executeCommand('watchkeeper.tickItem', id);
    }),
  );
  const describe = () => {
    const { count } = runbooks.fits;
    const fit = count === 0 ? '' : vscode.l10n.t('{0} fit', count);
    views.runbooks.description = [fit, runbooks.tree.filter].filter(Boolean).join(' · ');
  };
  store.add(runbooks.tree.onDidChangeTreeData(describe));
  store.add(runbooks.fits.onDidChange(describe));
  const bar = store.add(new StatusBar());
  const notices = new OverdueNotices({
    open: () => incidents.desk.open(),
    isQuiet: () => readSetting('notifications') === 'none',
    nowMs: tools.clock.nowMs,
    memory: tools.context.globalState,
  });
  const show = () => {
    showHeadlines(tools, shown, bar);
    notices.check();
  };
  const ticker = store.add(new Ticker(tools, show, shown));
  store.add(services.source.onDidChange(show));
  store.add(services.source.onDidChange(openFailing(tools, services)));
  store.add(
    incidents.desk.onDidChange(() => {
      show();
      runbooks.tree.refresh();
      ticker.wake();
    }),
  );
  show();
  ticker.wake();
}

function openFailing({ store, views, clock }: Tools, { monitor }: Shown['services']): () => void {
  const rows = store.add(new FailingRows(views.services, clock));
  return () => {
    const failing = monitor.services().filter(({ state }) => isFailing(state));
    rows.show(failing.map(({ serviceId }) => `service:${serviceId}`));
  };
}

function showHeadlines({ views, clock }: Tools, { services, incidents }: Shown, bar: StatusBar): void {
  const nowMs = clock.nowMs();
  const current = incidents.desk.current();
  const health = summary(services.monitor.services());
  const open = incidents.desk.open();
  // A resolved one may still be worked on, but no clock of it runs any more.
  const running = open.find(({ id }) => id === current?.id) ?? open[0];
  const due = nextDue(running, nowMs);
  const { name, title, isStrict, color } = services.environments.current();
  const hasServices = services.monitor.configured().length > 0;
  const { isFailingOnly, text } = services.tree.shownFilter;
  views.services.description = [
    hasServices && health.text,
    title,
    services.watching.isPaused && vscode.l10n.t('paused'),
    isFailingOnly && vscode.l10n.t('failing only'),
    text !== '' && vscode.l10n.t('only "{0}"', text),
  ]
    .filter(Boolean)
    .join(' · ');
  views.services.badge = health.failing > 0 ? { value: health.failing, tooltip: health.text } : undefined;
  views.incident.description = current?.id ?? '';
  setContext('isPaused', services.watching.isPaused);
  setContext('hasIncident', current !== undefined);
  setContext('hasPastIncident', incidents.desk.list().length > 0);
  bar.show(
    {
      health: hasServices ? health : undefined,
      isPaused: services.watching.isPaused,
      incident: running,
      healthDetail: failingLines(services.source),
      environment: title === '' ? name : title,
      isStrict,
      color,
      due: due.text,
      isOverdue: due.isOverdue,
    },
    nowMs,
  );
}

/** Durations on screen grow by themselves while an incident runs; otherwise nothing ticks. */
class Ticker implements Disposable {
  private readonly tools: Tools;
  private readonly show: () => void;
  private readonly shown: Shown;
  private timer: Disposable | undefined;
  private ticks = 0;

  constructor(tools: Tools, show: () => void, shown: Shown) {
    this.tools = tools;
    this.show = show;
    this.shown = shown;
  }

  wake(): void {
    if (this.timer !== undefined || this.shown.incidents.desk.open().length === 0) return;
    this.timer = this.tools.clock.after(barEveryMs, () => {
      this.timer = undefined;
      this.ticks++;
      this.show();
      if (this.ticks % treeEveryTicks === 0) this.shown.incidents.tree.refresh();
      this.wake();
    });
  }

  dispose(): void {
    this.timer?.dispose();
  }
}
