import * as vscode from 'vscode';
import { toNotice } from '../outsideText.ts';

/** Types the text into the terminal a person works in. They press Enter: until then nothing has run. */
export async function sendToTerminal(command: string): Promise<void> {
  // Every line but the last would run at once, and so would some control characters.
  if (/[\u0000-\u001f\u007f]/.test(command)) {
    await vscode.env.clipboard.writeText(command);
    void vscode.window.showInformationMessage(
      toNotice(
        vscode.l10n.t(
          'The step is more than one plain line: it is on the clipboard, to be pasted where you want it.',
        ),
      ),
    );
    return;
  }
  const terminal = vscode.window.activeTerminal ?? vscode.window.createTerminal();
  terminal.show();
  terminal.sendText(command, false);
}
