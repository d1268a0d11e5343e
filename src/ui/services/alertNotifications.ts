import * as vscode from 'vscode';
import type { Alert } from '../../domain/health/model.ts';
import { toNotice } from '../outsideText.ts';

const named = 4;

/** One notification for causes that came together; what is merely blocked by them is named, not announced. */
export async function notifyAlerts(
  causes: readonly Alert[],
  titleOf: (serviceId: string) => string,
): Promise<void> {
  const [first] = causes;
  if (!first) return;
  const text = causes.length === 1 ? textOfOne(first, titleOf) : textOfMany(causes, titleOf);
  const choices = causes.length === 1 ? choicesForOne() : choicesForMany();
  const chosen = await vscode.window.showWarningMessage(toNotice(text), ...Object.keys(choices));
  const command = Object.entries(choices).find(([label]) => label === chosen)?.[1];
  if (command === undefined) return;
  const run = (argument?: string) => vscode.commands.executeCommand(`watchkeeper.${command}`, argument);
  if (command === 'acknowledgeService') for (const { serviceId } of causes) await run(`service:${serviceId}`);
  else if (command === 'services.focus') await run();
  else await run(`service:${first.serviceId}`);
}

function choicesForOne(): Readonly<Record<string, string>> {
  return {
    [vscode.l10n.t('Acknowledge')]: 'acknowledgeService',
    [vscode.l10n.t('Open Runbook')]: 'openServiceRunbook',
    [vscode.l10n.t('Declare Incident')]: 'declareIncident',
  };
}

function choicesForMany(): Readonly<Record<string, string>> {
  return {
    [vscode.l10n.t('Acknowledge All')]: 'acknowledgeService',
    [vscode.l10n.t('Show Services')]: 'services.focus',
    [vscode.l10n.t('Declare Incident')]: 'declareIncident',
  };
}

function textOfOne({ serviceId, reason, blockedServices }: Alert, titleOf: (id: string) => string): string {
  const title = titleOf(serviceId);
  if (blockedServices.length === 0) return vscode.l10n.t('{0} is down: {1}', title, reason);
  const blocked = blockedServices.map(titleOf).join(', ');
  return vscode.l10n.t('{0} is down: {1}; blocked by it: {2}', title, reason, blocked);
}

function textOfMany(causes: readonly Alert[], titleOf: (id: string) => string): string {
  const shown = causes.slice(0, named).map(({ serviceId, reason }) => `${titleOf(serviceId)} (${reason})`);
  const more = causes.length - shown.length;
  const list = [...shown, ...(more > 0 ? [vscode.l10n.t('{0} more', more)] : [])].join(', ');
  const blocked = [...new Set(causes.flatMap(({ blockedServices }) => blockedServices))];
  if (blocked.length === 0) return vscode.l10n.t('{0} services are down: {1}', causes.length, list);
  return vscode.l10n.t(
    '{0} services are down: {1}; blocked by them: {2}',
    causes.length,
    list,
    blocked.map(titleOf).join(', '),
  );
}
