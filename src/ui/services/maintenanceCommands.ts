import * as vscode from 'vscode';
import { CancelledError } from '../../base/errors.ts';
import type { Service } from '../../domain/health/model.ts';
import type { CommandHandlers } from '../commands.ts';

export interface MaintenanceCommandParts {
  readonly services: () => readonly Service[];
  /** `durationMs` undefined: until it is ended; without a service it is for all. */
  readonly start: (serviceId: string | undefined, durationMs: number | undefined) => Promise<void>;
  readonly end: (serviceId: string | undefined) => Promise<void>;
}

const minute = 60_000;

/** Work that is planned raises nothing: failures are shown, but nobody is called. */
export function maintenanceCommands(
  parts: MaintenanceCommandParts,
): Pick<CommandHandlers, 'startMaintenance' | 'endMaintenance'> {
  const serviceOf = (argument: string | undefined) =>
    parts.services().find(service => `service:${service.id}` === argument);
  return {
    startMaintenance: async argument => {
      const service = serviceOf(argument);
      const items = [
        { label: vscode.l10n.t('30 minutes'), durationMs: 30 * minute },
        { label: vscode.l10n.t('1 hour'), durationMs: 60 * minute },
        { label: vscode.l10n.t('2 hours'), durationMs: 120 * minute },
        { label: vscode.l10n.t('Until I end it'), durationMs: undefined },
      ];
      const title =
        service === undefined
          ? vscode.l10n.t('Maintenance of all services')
          : vscode.l10n.t('Maintenance of {0}', service.title);
      const picked = await vscode.window.showQuickPick(items, { title });
      if (!picked) throw new CancelledError();
      await parts.start(service?.id, picked.durationMs);
    },
    endMaintenance: argument => parts.end(serviceOf(argument)?.id),
  };
}
