import * as vscode from 'vscode';
import type { Incident } from '../domain/incident/model.ts';
import { formatDuration } from './format.ts';
import { toLabel } from './outsideText.ts';
import type { summary } from './services/servicesModel.ts';

export interface StatusBarState {
  /** Undefined while there is nothing to watch. */
  readonly health: ReturnType<typeof summary> | undefined;
  readonly isPaused: boolean;
  readonly incident: Incident | undefined;
  readonly environment: string;
  readonly isStrict: boolean;
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
    this.environment.tooltip = vscode.l10n.t('Steps and probes point at {0}', state.environment);
    this.environment.backgroundColor = state.isStrict
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
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

  private showHealth({ health, isPaused }: StatusBarState): void {
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
    this.health.tooltip = vscode.l10n.t('Watchkeeper services: {0}', health.text);
    this.health.backgroundColor =
      health.failing > 0 ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.health.show();
  }
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
