import * as vscode from 'vscode';
import { toChange } from '../base/textChange.ts';
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
  const uri = await files.writable(file);
  if ((await files.read(file)) === undefined) {
    await files.write(file, text);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const change = toChange(document.getText(), withoutBom(text));
  if (change === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  const wasDirty = document.isDirty;
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  edit.replace(uri, range, change.newText);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(`VS Code did not take the change of ${file}.`);
  // A person's unsaved text stays theirs to save.
  if (!wasDirty) await document.save();
}

/** A document's text has no byte order mark: VS Code puts it back when it saves. */
function withoutBom(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
