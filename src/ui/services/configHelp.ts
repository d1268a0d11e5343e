import * as vscode from 'vscode';
import type { ReferenceKind, SchemaHelp } from '../../domain/config/schemaHelp.ts';

/** What the schema says about a place of the configuration; lines and columns are 0-based. */
export interface ConfigHelpSource {
  completionsAt(text: string, line: number, column: number): readonly SchemaHelp[];
  hoverAt(text: string, line: number, column: number): SchemaHelp | undefined;
  referenceAt(text: string, line: number, column: number): ReferenceKind | undefined;
}

export interface ConfigHelpParts {
  readonly source: () => ConfigHelpSource;
  /** Whether it is the configuration file or one that it includes. */
  readonly isConfig: (uri: vscode.Uri) => boolean;
  /** Services and runbooks that are known. */
  readonly names: (kind: ReferenceKind) => readonly { readonly name: string; readonly detail: string }[];
}

const files: vscode.DocumentSelector = { scheme: 'file', language: 'yaml' };
/** It does the same, and more, from the schema that we ship. */
const yamlExtension = 'redhat.vscode-yaml';

/** Completion and hover in the configuration for people without a YAML extension; known names for all. */
export function registerConfigHelp({ source, isConfig, names }: ConfigHelpParts): vscode.Disposable {
  const isServed = () => vscode.extensions.getExtension(yamlExtension) !== undefined;
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems(document, { line, character }) {
      if (!isConfig(document.uri)) return [];
      const text = document.getText();
      const kind = source().referenceAt(text, line, character);
      if (kind !== undefined) return names(kind).map(toReference);
      return isServed() ? [] : source().completionsAt(text, line, character).map(toItem);
    },
  };
  const hover: vscode.HoverProvider = {
    provideHover(document, { line, character }) {
      if (isServed() || !isConfig(document.uri)) return undefined;
      const help = source().hoverAt(document.getText(), line, character);
      return help?.detail === undefined ? undefined : new vscode.Hover(help.detail);
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(files, completion, ' ', '-', '[', ','),
    vscode.languages.registerHoverProvider(files, hover),
  );
}

/** In the order of the schema, which begins with what is needed most. */
function toItem({ label, detail, kind, holds }: SchemaHelp, index: number): vscode.CompletionItem {
  const isKey = kind === 'key';
  const item = new vscode.CompletionItem(
    label,
    isKey ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
  );
  if (detail !== undefined) item.documentation = detail;
  item.sortText = String(index).padStart(4, '0');
  item.insertText = isKey ? `${label}: ` : label;
  if (holds === 'mapping') item.insertText = new vscode.SnippetString(`${label}:\n\t$0`);
  return item;
}

function toReference({ name, detail }: { readonly name: string; readonly detail: string }) {
  const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Reference);
  if (detail !== name) item.detail = detail;
  return item;
}
