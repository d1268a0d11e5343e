import * as vscode from 'vscode';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { Service } from '../../domain/health/model.ts';
import type { CommandHandlers } from '../commands.ts';
import { toLabel } from '../outsideText.ts';

export interface DiscoveryActions {
  /** Hidden here or by the configuration file. */
  readonly hidden: () => readonly string[];
  readonly hide: (serviceId: string) => Promise<void>;
  readonly unhide: (serviceId: string) => Promise<void>;
  readonly promote: (service: Service) => Promise<void>;
}

export interface DiscoveryCommandParts {
  readonly actions: DiscoveryActions;
  readonly services: () => readonly Service[];
}

export function discoveryCommands({
  actions,
  services,
}: DiscoveryCommandParts): Pick<CommandHandlers, 'hideService' | 'promoteService' | 'showHiddenServices'> {
  const serviceOf = (id: string | undefined) => {
    const service = services().find(known => `service:${known.id}` === id);
    if (!service) throw new UserError(vscode.l10n.t('Choose a service in the Services view first.'));
    return service;
  };
  return {
    hideService: id => actions.hide(serviceOf(id).id),
    promoteService: id => actions.promote(serviceOf(id)),
    showHiddenServices: async () => {
      const hidden = actions.hidden();
      if (hidden.length === 0) throw new UserError(vscode.l10n.t('Nothing is hidden.'));
      const items = hidden.map(id => ({ label: toLabel(id), id }));
      const picked = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t('Show which service again?'),
      });
      if (!picked) throw new CancelledError();
      await actions.unhide(picked.id);
    },
  };
}
