import * as vscode from 'vscode';
import { UserError } from '../base/errors.ts';

/** Only addresses of the web: anything else would start the program that the system keeps for it. */
export async function openWebPage(url: string): Promise<void> {
  if (!/^https?:\/\//i.test(url))
    throw new UserError(vscode.l10n.t('{0} is not an address of the web and was not opened.', url));
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
