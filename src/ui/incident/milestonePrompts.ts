import * as vscode from 'vscode';
import { CancelledError } from '../../base/errors.ts';
import type { MilestoneName } from '../../domain/incident/model.ts';
import { parseHumanTime } from '../../domain/incident/parseTime.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { formatMoment } from '../../domain/incident/time.ts';

const names: readonly MilestoneName[] = [
  'impactStart',
  'detected',
  'acknowledged',
  'identified',
  'mitigated',
  'resolved',
  'closed',
];

export async function pickMilestone(incident: IncidentState): Promise<MilestoneName> {
  const picked = await vscode.window.showQuickPick(
    names.map(name => {
      const known = incident.milestones.find(milestone => milestone.name === name);
      const at = known && formatMoment(known.atMs, incident.policy.timeZone);
      const by = known?.by === 'person' ? vscode.l10n.t('set by a person') : vscode.l10n.t('from the facts');
      return {
        label: words()[name],
        description: at === undefined ? vscode.l10n.t('unknown') : `${at} · ${by}`,
        name,
      };
    }),
    { title: vscode.l10n.t('Which milestone?'), ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.name;
}

/** Undefined takes a person's word back: the facts propose again. */
export async function askMilestoneTime(
  incident: IncidentState,
  name: MilestoneName,
  nowMs: number,
): Promise<number | undefined> {
  const { timeZone } = incident.policy;
  const read = (text: string) => parseHumanTime(text, { nowMs, timeZone });
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('{0}: when? ({1})', words()[name], timeZone),
    placeHolder: vscode.l10n.t('10:05 · -7m · now · yesterday 23:50 · empty: as the facts say'),
    ignoreFocusOut: true,
    validateInput: input => {
      const result = input.trim() === '' ? undefined : read(input);
      return result === undefined || result.ok ? undefined : result.error.message;
    },
  });
  if (text === undefined) throw new CancelledError();
  const result = text.trim() === '' ? undefined : read(text);
  return result?.ok === true ? result.value : undefined;
}

function words(): Readonly<Record<MilestoneName, string>> {
  return {
    impactStart: vscode.l10n.t('Impact began'),
    detected: vscode.l10n.t('Detected'),
    declared: vscode.l10n.t('Declared'),
    acknowledged: vscode.l10n.t('Acknowledged'),
    identified: vscode.l10n.t('Cause identified'),
    mitigated: vscode.l10n.t('Mitigated'),
    resolved: vscode.l10n.t('Resolved'),
    closed: vscode.l10n.t('Closed'),
  };
}
