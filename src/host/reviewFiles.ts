import * as vscode from 'vscode';
import type { ReviewFiles } from '../ports.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** Review files are people's documents: edits are one undoable step, and an open, unsaved editor is what counts. */
export function toReviewFiles(files: WorkspaceFiles): ReviewFiles {
  return {
    read: file => files.read(file),
    write: (file, text) => writeAsEdit(files, file, text),
    show: async file => {
      const uri = files.uri(file);
      if (uri) await vscode.window.showTextDocument(uri, { preview: false });
    },
  };
}

async function writeAsEdit(files: WorkspaceFiles, file: string, text: string): Promise<void> {
  const uri = files.uri(file);
  if (!uri) throw new Error('There is no workspace folder to write to.');
  if ((await files.read(file)) === undefined) {
    await files.write(file, text);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const edit = new vscode.WorkspaceEdit();
  const wasDirty = document.isDirty;
  edit.replace(uri, whole, text);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(`VS Code did not take the change of ${file}.`);
  // A person's unsaved text stays theirs to save.
  if (!wasDirty) await document.save();
}
