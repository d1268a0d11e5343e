import * as vscode from 'vscode';
import type { ReviewDifferences } from '../../app/review/reviewDifferences.ts';
import type { Event } from '../../base/emitter.ts';
import { takeProposals } from '../../domain/review/proposals.ts';

const scheme = 'watchkeeper-proposed';

/** The review as it would read with every open proposal taken; read-only, for the right side of a comparison. */
export class ProposedReview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly differences: ReviewDifferences;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly store: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(differences: ReviewDifferences, onDidChangeIncident: Event<unknown>) {
    this.differences = differences;
    this.store = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refresh(document.uri)),
      vscode.Disposable.from(onDidChangeIncident(() => this.refresh(undefined))),
      this.changed,
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri.query, true));
    const text = document.getText();
    const incident = this.differences.incidentOf(vscode.workspace.asRelativePath(document.uri, false));
    if (!incident) return text;
    return takeProposals(text, (await this.differences.of(incident, text)).proposals);
  }

  async compare(review: vscode.Uri): Promise<void> {
    const title = vscode.l10n.t('{0}: yours ↔ the facts', review.path.split('/').at(-1) ?? '');
    await vscode.commands.executeCommand('vscode.diff', review, toProposed(review), title);
  }

  dispose(): void {
    this.store.dispose();
  }

  private refresh(review: vscode.Uri | undefined): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== scheme) continue;
      if (review === undefined || uri.query === review.toString()) this.changed.fire(uri);
    }
  }
}

function toProposed(review: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme, path: review.path, query: review.toString() });
}
