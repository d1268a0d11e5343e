import * as vscode from 'vscode';
import { ReadOnlyPages } from '../readOnlyPages.ts';
import { shortTitle } from '../shortTitle.ts';
import { type DiagnosisResult, diagnosisReport } from './diagnosisReport.ts';

const scheme = 'watchkeeper-diagnosis';
/** One holds the output of every step, up to some MB. */
const maxKept = 10;

interface Kept {
  readonly text: string;
  /** Of the lines that it links. */
  readonly addresses: ReadonlySet<string>;
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
    const addresses = new Set<string>();
    const link = (file: string, line: number) => {
      const address = this.toUri(file)
        ?.with({ fragment: `L${line}` })
        .toString();
      if (address !== undefined) addresses.add(address);
      return address;
    };
    this.kept.set(key, { text: diagnosisReport(heading, result, link), addresses });
    for (const old of [...this.kept.keys()].slice(0, -maxKept)) this.kept.delete(old);
    await this.pages.show({ name, key }, { isGlance: false });
  }

  /**
   * The runbook's lines as addresses that hold in a remote window too, where those in the text do not. Only what the
   * page itself links: the output of a step may look like a link to anywhere.
   */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const addresses = this.kept.get(document.uri.query)?.addresses;
    return [...document.getText().matchAll(/(?<=\]\()\S+#L\d+(?=\))/g)].flatMap(match => {
      const [address] = match;
      if (!addresses?.has(address)) return [];
      const at = match.index;
      const range = new vscode.Range(document.positionAt(at), document.positionAt(at + address.length));
      return [new vscode.DocumentLink(range, vscode.Uri.parse(address))];
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
