import * as vscode from 'vscode';
import type { Problem } from '../base/source.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

const wholeLine = 10_000;

/** Problems of one kind of file in the Problems panel; a file's old ones go when its new ones come. */
export class ProblemList implements vscode.Disposable {
  private readonly collection: vscode.DiagnosticCollection;
  private readonly toUri: (file: string) => vscode.Uri | undefined;
  private readonly problems = new Map<string, readonly Problem[]>();

  constructor(name: string, toUri: (file: string) => vscode.Uri | undefined) {
    this.collection = vscode.languages.createDiagnosticCollection(`watchkeeper ${name}`);
    this.toUri = toUri;
  }

  set(file: string, problems: readonly Problem[]): void {
    const uri = this.toUri(file);
    if (!uri) return;
    this.problems.set(uri.toString(), problems);
    this.collection.set(uri, problems.map(toDiagnostic));
  }

  problemsOf(uri: vscode.Uri): readonly Problem[] {
    return this.problems.get(uri.toString()) ?? [];
  }

  /** Replaces the problems of all files. */
  setAll(problems: readonly (Problem & { readonly file: string })[]): void {
    this.collection.clear();
    this.problems.clear();
    for (const file of new Set(problems.map(problem => problem.file))) {
      this.set(
        file,
        problems.filter(problem => problem.file === file),
      );
    }
  }

  dispose(): void {
    this.collection.dispose();
  }
}

/** Problems without columns are about their whole line. */
function endOf({ startColumn, endColumn }: Problem): number {
  return startColumn === 0 && endColumn === 0 ? wholeLine : Math.max(endColumn, startColumn + 1);
}

export function toDiagnostic(problem: Problem): vscode.Diagnostic {
  const line = Math.max(0, problem.line - 1);
  const range = new vscode.Range(line, problem.startColumn, line, endOf(problem));
  const diagnostic = new vscode.Diagnostic(range, problem.message, severities[problem.severity]);
  diagnostic.source = 'Watchkeeper';
  diagnostic.code = problem.code;
  return diagnostic;
}
