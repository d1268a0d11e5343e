import * as vscode from 'vscode';
import type { Loss } from '../../app/steps/stepLosses.ts';

const mostNames = 8;

/** What will be lost, in a sentence for the consent prompt. */
export function lossText(loss: Loss): string {
  switch (loss.kind) {
    case 'containers':
      if (loss.names.length > 0)
        return vscode.l10n.t('{0} containers: {1}', loss.names.length, someOf(loss.names));
      return loss.project === undefined
        ? vscode.l10n.t('no container')
        : vscode.l10n.t('no container of {0}', loss.project);
    case 'volumes':
      return loss.names.length > 0
        ? vscode.l10n.t('{0} volumes with their data: {1}', loss.names.length, someOf(loss.names))
        : vscode.l10n.t('no volume');
    case 'keys':
      return vscode.l10n.t('{0} keys in Redis at {1}', loss.count, loss.place);
    case 'files':
      return vscode.l10n.t(
        '{0} files in {1}',
        loss.isMore ? vscode.l10n.t('more than {0}', loss.count) : loss.count,
        someOf(loss.paths),
      );
    case 'unknown':
      return vscode.l10n.t('what it takes could not be found out: {0}', loss.reason);
  }
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} …` : shown;
}
