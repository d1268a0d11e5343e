import * as vscode from 'vscode';
import type { Alert, Service } from '../../domain/health/model.ts';
import { toNotice } from '../outsideText.ts';

export interface AlertActions {
  readonly service: (serviceId: string) => Service | undefined;
  readonly isQuiet: () => boolean;
}

/** One notification for each root cause; what is merely blocked by it is named, not announced. */
export async function notifyAlert(alert: Alert, { service, isQuiet }: AlertActions): Promise<void> {
  if (isQuiet() || alert.status !== 'firing') return;
  const title = service(alert.serviceId)?.title ?? alert.serviceId;
  const blocked =
    alert.blockedServices.length > 0
      ? vscode.l10n.t('; blocked by it: {0}', alert.blockedServices.join(', '))
      : '';
  const choices = {
    [vscode.l10n.t('Acknowledge')]: 'acknowledgeService',
    [vscode.l10n.t('Open Runbook')]: 'openServiceRunbook',
    [vscode.l10n.t('Declare Incident')]: 'declareIncident',
  } as const;
  const chosen = await vscode.window.showWarningMessage(
    toNotice(vscode.l10n.t('{0} is down: {1}{2}', title, alert.reason, blocked)),
    ...Object.keys(choices),
  );
  const command = Object.entries(choices).find(([label]) => label === chosen)?.[1];
  if (command) await vscode.commands.executeCommand(`watchkeeper.${command}`, `service:${alert.serviceId}`);
}
