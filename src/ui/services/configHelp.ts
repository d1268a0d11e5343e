import * as vscode from 'vscode';
import type { SchemaHelp } from '../../domain/config/schemaHelp.ts';

/** What the schema says about a place of the configuration; lines and columns are 0-based. */
export interface ConfigHelpSource {
  completionsAt(text: string, line: number, column: number): readonly SchemaHelp[];
  hoverAt(text: string, line: number, column: number): SchemaHelp | undefined;
}

const files: vscode.DocumentSelector = { scheme: 'file', pattern: '**/watchkeeper*.{yaml,yml}' };
/** It does the same, and more, from the schema that we ship. */
const yamlExtension = 'redhat.vscode-yaml';

/** Completion and hover in `watchkeeper.yaml` for people without a YAML extension. */
export function registerConfigHelp(source: () => ConfigHelpSource): vscode.Disposable {
  const isServed = () => vscode.extensions.getExtension(yamlExtension) !== undefined;
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems(document, { line, character }) {
      if (isServed()) return [];
      return source().completionsAt(document.getText(), line, character).map(toItem);
    },
  };
  const hover: vscode.HoverProvider = {
    provideHover(document, { line, character }) {
      const help = isServed() ? undefined : source().hoverAt(document.getText(), line, character);
      return help?.detail === undefined ? undefined : new vscode.Hover(help.detail);
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(files, completion, ' ', '-'),
    vscode.languages.registerHoverProvider(files, hover),
  );
}

function toItem({ label, detail, kind }: SchemaHelp): vscode.CompletionItem {
  const isKey = kind === 'key';
  const item = new vscode.CompletionItem(
    label,
    isKey ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
  );
  if (detail !== undefined) item.documentation = detail;
  item.insertText = isKey ? `${label}: ` : label;
  return item;
}
