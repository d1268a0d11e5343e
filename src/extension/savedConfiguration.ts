import * as vscode from 'vscode';
import type { SavedFile } from '../app/incident/recorderInputs.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { diffSaved } from '../domain/incident/savedDiff.ts';
import type { Tools } from './tools.ts';

const configuration =
  /(?:^|\/)(?:\.env[^/]*|[^/]*compose[^/]*\.ya?ml|watchkeeper[^/]*\.ya?ml|[^/]+\.(?:conf|toml|ini|properties))$/;

/** Configuration that is saved while an incident runs is part of its story: which lines, with secrets masked. */
export function savedConfiguration(tools: Tools, redact: (text: string) => string): Event<SavedFile> {
  const saved = tools.store.add(new Emitter<SavedFile>());
  const onDisk = new Map<string, string>();
  const keep = (document: vscode.TextDocument) => {
    if (isConfiguration(document) && !document.isDirty)
      onDisk.set(document.uri.toString(), document.getText());
  };
  vscode.workspace.textDocuments.forEach(keep);
  tools.store.add(vscode.workspace.onDidOpenTextDocument(keep));
  tools.store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => void onDisk.delete(uri.toString())));
  tools.store.add(
    vscode.workspace.onDidSaveTextDocument(document => {
      if (!isConfiguration(document)) return;
      const before = onDisk.get(document.uri.toString());
      keep(document);
      const file = vscode.workspace.asRelativePath(document.uri, false);
      const found = before === undefined ? undefined : diffSaved(file, before, document.getText());
      saved.fire({ file, line: found?.line, diff: found && redact(found.diff) });
    }),
  );
  return saved.event;
}

function isConfiguration({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && configuration.test(uri.path);
}
