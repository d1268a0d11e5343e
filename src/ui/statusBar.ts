import * as vscode from 'vscode';
import type { Incident } from '../domain/incident/model.ts';
import { formatDuration } from './format.ts';
import { toLabel } from './outsideText.ts';
import type { summary } from './services/servicesModel.ts';

export interface StatusBarState {
  /** Undefined while there is nothing to watch. */
  readonly health: ReturnType<typeof summary> | undefined;
  /** Markdown: what fails and why. */
  readonly healthDetail: string;
  readonly isPaused: boolean;
  readonly incident: Incident | undefined;
  readonly environment: string;
  readonly isStrict: boolean;
  /** One of the colours of the configuration. */
  readonly color: string | undefined;
  /** What comes due next, e.g. `update in 3 m`; empty when nothing does. */
  readonly due: string;
  readonly isOverdue: boolean;
}

/** Three quiet items: the incident that runs, the health of everything, the environment. */
export class StatusBar implements vscode.Disposable {
  private readonly incident = item('incident', 102, 'watchkeeper.showTimeline');
  private readonly health = item('health', 101, 'watchkeeper.services.focus');
  private readonly environment = item('environment', 100, 'watchkeeper.selectEnvironment');

  show(state: StatusBarState, nowMs: number): void {
    this.showIncident(state, nowMs);
    this.showHealth(state);
    this.environment.text = `$(server-environment) ${toLabel(state.environment)}`;
    this.environment.name = vscode.l10n.t('Watchkeeper: environment');
    this.environment.tooltip = state.isStrict
      ? vscode.l10n.t('Steps and probes point at {0}, which asks for more consent', state.environment)
      : vscode.l10n.t('Steps and probes point at {0}', state.environment);
    this.environment.backgroundColor = state.isStrict
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    // VS Code takes the colour of the text from the background where there is one.
    this.environment.color = state.isStrict ? undefined : themeColor(state.color);
    this.environment.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.incident, this.health, this.environment).dispose();
  }

  private showIncident({ incident, due, isOverdue }: StatusBarState, nowMs: number): void {
    if (!incident) {
      this.incident.hide();
      return;
    }
    const openFor = formatDuration(nowMs - startOf(incident));
    this.incident.text = [`$(eye) SEV-${incident.severity} · ${openFor}`, due].filter(Boolean).join(' · ');
    this.incident.name = vscode.l10n.t('Watchkeeper: incident');
    this.incident.tooltip = `${incident.title} (${incident.status})`;
    this.incident.backgroundColor = new vscode.ThemeColor(
      isOverdue ? 'statusBarItem.errorBackground' : 'statusBarItem.warningBackground',
    );
    this.incident.show();
  }

  private showHealth({ health, healthDetail, isPaused }: StatusBarState): void {
    if (!health) {
      this.health.hide();
      return;
    }
    const icon = isPaused
      ? 'debug-pause'
      : health.worst === 'up'
        ? 'pass'
        : health.failing > 0
          ? 'error'
          : 'pulse';
    this.health.text = `$(${icon}) ${isPaused ? vscode.l10n.t('paused') : health.text}`;
    this.health.name = vscode.l10n.t('Watchkeeper: health');
    this.health.tooltip = new vscode.MarkdownString(
      [vscode.l10n.t('Watchkeeper services: {0}', health.text), healthDetail].filter(Boolean).join('\n\n'),
    );
    this.health.backgroundColor =
      health.failing > 0 ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.health.show();
  }
}

const colors: Readonly<Record<string, string>> = {
  green: 'charts.green',
  yellow: 'charts.yellow',
  orange: 'charts.orange',
  red: 'charts.red',
  blue: 'charts.blue',
  purple: 'charts.purple',
  grey: 'descriptionForeground',
};

function themeColor(name: string | undefined): vscode.ThemeColor | undefined {
  const id = colors[name ?? ''];
  return id === undefined ? undefined : new vscode.ThemeColor(id);
}

function startOf(incident: Incident): number {
  const at = (name: string) => incident.milestones.find(milestone => milestone.name === name)?.atMs;
  return at('impactStart') ?? at('declared') ?? 0;
}

function item(id: string, priority: number, command: string): vscode.StatusBarItem {
  const created = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
  created.command = command;
  return created;
}
