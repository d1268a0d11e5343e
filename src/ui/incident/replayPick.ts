import * as vscode from 'vscode';
import type { Entry } from '../../domain/incident/model.ts';
import { parseHumanTime } from '../../domain/incident/parseTime.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type StateThen, statesAt } from '../../domain/incident/statesAt.ts';
import { formatTime } from '../../domain/incident/time.ts';

interface MomentItem extends vscode.QuickPickItem {
  readonly entryId?: string;
}

/**
 * The incident once more, moment by moment: each row tells how every service stood then. A time that is typed is a
 * moment too. Resolves with the entry that was chosen, to be shown in the timeline.
 */
export function replayIncident(incident: IncidentState, nowMs: number): Promise<string | undefined> {
  const quickPick = vscode.window.createQuickPick<MomentItem>();
  quickPick.title = vscode.l10n.t('Replay: {0} ({1})', incident.title, incident.policy.timeZone);
  quickPick.placeholder = vscode.l10n.t(
    'Move through the moments, or type a time: 10:05, -7m, yesterday 23:50',
  );
  const moments = replayMoments(incident);
  quickPick.onDidChangeValue(value => {
    const at = parseHumanTime(value, { nowMs, timeZone: incident.policy.timeZone });
    quickPick.items = at.ok ? [typedMoment(incident, at.value), ...moments] : moments;
  });
  quickPick.matchOnDetail = true;
  quickPick.items = moments;
  return new Promise(resolve => {
    quickPick.onDidAccept(() => {
      resolve(quickPick.selectedItems[0]?.entryId);
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

/** What was not taken back and is not noise, in time order, with the services as they stood. */
export function replayMoments(incident: IncidentState): readonly MomentItem[] {
  const { policy, lanes, entries } = incident;
  return entries
    .filter(({ isRetracted, relevance }) => !isRetracted && relevance !== 'raw')
    .map(({ id, atMs, event }: Entry) => ({
      entryId: id,
      label: `${formatTime(atMs, policy.timeZone)}  ${event}`,
      detail: stateText(statesAt(lanes, atMs), policy.timeZone, atMs),
    }));
}

function typedMoment(incident: IncidentState, atMs: number): MomentItem {
  const { timeZone } = incident.policy;
  const before = incident.entries.findLast(entry => !entry.isRetracted && entry.atMs <= atMs);
  return {
    ...(before ? { entryId: before.id } : {}),
    label: formatTime(atMs, timeZone),
    description: before?.event ?? '',
    detail: stateText(statesAt(incident.lanes, atMs), timeZone, atMs),
    alwaysShow: true,
  };
}

const icons: Readonly<Record<StateThen['state'], string>> = {
  up: 'pass',
  degraded: 'warning',
  pending: 'clock',
  down: 'error',
  blocked: 'circle-slash',
  unknown: 'question',
  stale: 'question',
  gap: 'dash',
};

function stateText(states: readonly StateThen[], timeZone: string, atMs: number): string {
  return states
    .map(({ title, state, sinceMs }) => {
      const since = sinceMs === undefined ? '' : ` ${formatTime(sinceMs, timeZone, atMs)}`;
      const words = state === 'gap' ? vscode.l10n.t('not measured') : state;
      return `$(${icons[state]}) ${title} ${words}${since}`;
    })
    .join('   ');
}
