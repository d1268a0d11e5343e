import * as vscode from 'vscode';
import type { Problem } from '../base/source.ts';
import { type ProblemList, toDiagnostic } from './problems.ts';

/** Safe changes of the text that make a problem go away, offered where the problem is shown. */
export class ProblemFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  private readonly list: ProblemList;
  private readonly checkedText: (uri: vscode.Uri) => string | undefined;

  /** `checkedText` is what the problems were found in: in any other text their places are wrong. */
  constructor(list: ProblemList, checkedText: (uri: vscode.Uri) => string | undefined) {
    this.list = list;
    this.checkedText = checkedText;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (this.checkedText(document.uri) !== document.getText()) return [];
    return this.list
      .problemsOf(document.uri)
      .filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line)
      .flatMap(problem => toAction(document, problem) ?? []);
  }
}

function toAction(document: vscode.TextDocument, problem: Problem): vscode.CodeAction | undefined {
  const { fix } = problem;
  if (!fix) return undefined;
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [toDiagnostic(problem)];
  action.isPreferred = true;
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(fix.start), document.positionAt(fix.end)),
    fix.newText,
  );
  return action;
}
