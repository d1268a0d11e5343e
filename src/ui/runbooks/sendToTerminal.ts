import * as vscode from 'vscode';

/** Types the text into the terminal a person works in. They press Enter: until then nothing has run. */
export async function sendToTerminal(command: string): Promise<void> {
  if (/[\r\n]/.test(command)) {
    // Every line but the last would run at once.
    await vscode.env.clipboard.writeText(command);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The step has several lines: it is on the clipboard, to be pasted where you want it.'),
    );
    return;
  }
  const terminal = vscode.window.activeTerminal ?? vscode.window.createTerminal();
  terminal.show();
  terminal.sendText(command, false);
}
