import * as vscode from 'vscode';
import { ReadOnlyPages } from '../readOnlyPages.ts';
import { shortTitle } from '../shortTitle.ts';
import { type DiagnosisResult, diagnosisReport } from './diagnosisReport.ts';

const scheme = 'watchkeeper-diagnosis';
/** One holds the output of every step, up to some MB. */
const maxKept = 10;

interface Kept {
  readonly text: string;
  /** Lines of files by how the page writes them. */
  readonly places: ReadonlyMap<string, vscode.Uri>;
}

/** What diagnoses and rehearsals found. Each keeps a page of its own: one looks at before and after side by side. */
export class DiagnosisPages implements vscode.DocumentLinkProvider, vscode.Disposable {
  private readonly toUri: (file: string) => vscode.Uri | undefined;
  private readonly kept = new Map<string, Kept>();
  private readonly pages = new ReadOnlyPages(scheme, key => this.textOf(key));
  private readonly links = vscode.languages.registerDocumentLinkProvider({ scheme }, this);

  constructor(toUri: (file: string) => vscode.Uri | undefined) {
    this.toUri = toUri;
  }

  async show(heading: string, result: DiagnosisResult): Promise<void> {
    const { runbook, atMs } = result;
    const name = `${heading}: ${shortTitle(runbook)}.md`;
    const key = `${runbook.file} ${new Date(atMs).toISOString()}`;
    const places = new Map<string, vscode.Uri>();
    const text = diagnosisReport(heading, result, (written, { file, line }) => {
      const uri = this.toUri(file)?.with({ fragment: `L${line}` });
      if (uri !== undefined) places.set(written, uri);
    });
    this.kept.set(key, { text, places });
    for (const old of [...this.kept.keys()].slice(0, -maxKept)) this.kept.delete(old);
    await this.pages.show({ name, key }, { isGlance: false });
  }

  /** The lines that the page itself names, at the beginning of a row: the output of a step may name anything. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const places = this.kept.get(document.uri.query)?.places;
    return [...document.getText().matchAll(/(?<=^(?:- )?)\S.*?:\d+(?= |$)/gm)].flatMap(match => {
      const [written] = match;
      const uri = places?.get(written);
      if (uri === undefined) return [];
      const range = new vscode.Range(
        document.positionAt(match.index),
        document.positionAt(match.index + written.length),
      );
      return [new vscode.DocumentLink(range, uri)];
    });
  }

  dispose(): void {
    this.links.dispose();
    this.pages.dispose();
  }

  private textOf(key: string): string {
    return (
      this.kept.get(key)?.text ?? vscode.l10n.t('This page is kept no longer. Diagnose again for a new one.')
    );
  }
}
