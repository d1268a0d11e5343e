import * as vscode from 'vscode';

/** Icon of a page's tab: an image does not take the theme's colour as the activity bar's does. */
export function pageIcon(extensionUri: vscode.Uri): {
  readonly light: vscode.Uri;
  readonly dark: vscode.Uri;
} {
  const file = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: file('watchkeeper.svg'), dark: file('watchkeeper-dark.svg') };
}
