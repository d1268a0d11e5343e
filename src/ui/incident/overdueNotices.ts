import * as vscode from 'vscode';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type IncidentTimer, timersOf } from '../../domain/incident/timers.ts';
import { toNotice } from '../outsideText.ts';
import { escalationRowId } from './escalations.ts';

/** What came due longer ago than this before anybody looked is in the tree; announcing it now would only startle. */
const announceForMs = 10 * 60_000;
const remembered = 200;

export interface OverdueParts {
  readonly open: () => readonly IncidentState[];
  readonly isQuiet: () => boolean;
  readonly nowMs: () => number;
  /** Survives a reload of the window. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
}

const memoryKey = 'announcedTimers';

/** Says once that something came due, in the window that a person looks at. */
export class OverdueNotices {
  private readonly parts: OverdueParts;
  private readonly announced: Set<string>;

  constructor(parts: OverdueParts) {
    this.parts = parts;
    this.announced = new Set(parts.memory.get<string[]>(memoryKey) ?? []);
  }

  check(isFocused = vscode.window.state.focused): void {
    if (!isFocused || this.parts.isQuiet()) return;
    const nowMs = this.parts.nowMs();
    for (const incident of this.parts.open()) {
      for (const timer of timersOf(incident, nowMs)) {
        const key = `${incident.id} ${timer.kind} ${timer.label} ${timer.dueMs}`;
        if (!timer.isOverdue || this.announced.has(key)) continue;
        this.remember(key);
        if (nowMs - timer.dueMs < announceForMs) void announce(incident, timer);
      }
    }
  }

  private remember(key: string): void {
    this.announced.add(key);
    void this.parts.memory.update(memoryKey, [...this.announced].slice(-remembered));
  }
}

async function announce(incident: IncidentState, timer: IncidentTimer): Promise<void> {
  const drill = incident.isDrill ? '[DRILL] ' : '';
  const text = vscode.l10n.t('{0}{1} is due: {2}', drill, timer.label, incident.title);
  const choices = choicesFor(incident, timer);
  const chosen = await vscode.window.showWarningMessage(toNotice(text), ...choices.map(({ title }) => title));
  const choice = choices.find(({ title }) => title === chosen);
  if (!choice) return;
  await vscode.commands.executeCommand(`watchkeeper.${choice.command}`, choice.argument);
}

interface Choice {
  readonly title: string;
  readonly command: string;
  readonly argument: string;
}

function choicesFor(incident: IncidentState, { kind, label }: IncidentTimer): readonly Choice[] {
  const here = { argument: `incident:${incident.id}` };
  if (kind === 'response')
    return [{ title: vscode.l10n.t('Acknowledge'), command: 'acknowledgeIncident', ...here }];
  if (kind === 'update')
    return [{ title: vscode.l10n.t('Prepare Message'), command: 'copyMessage', ...here }];
  const level = incident.policy.escalation.find(one => `${one.label} ${one.who}` === label)?.label ?? label;
  const argument = escalationRowId(incident.id, level);
  return [
    { title: vscode.l10n.t('Told Them'), command: 'escalationDone', argument },
    { title: vscode.l10n.t('Not Needed…'), command: 'escalationWaived', argument },
  ];
}
