import * as vscode from 'vscode';
import { UserError } from '../base/errors.ts';

/**
 * Before anything of the workspace's runs.
 * @throws UserError that names the way out
 */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError(
    vscode.l10n.t('Steps do not run in an untrusted workspace: read them first, then trust the folder.'),
    { title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' },
  );
}

/** Says above the rows of a view what it does not do before the workspace is trusted. */
export function sayUntrusted(view: vscode.TreeView<string>, message: string): vscode.Disposable {
  if (vscode.workspace.isTrusted) return { dispose: () => {} };
  view.message = message;
  return vscode.workspace.onDidGrantWorkspaceTrust(() => {
    view.message = '';
  });
}
