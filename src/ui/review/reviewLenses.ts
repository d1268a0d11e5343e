import * as vscode from 'vscode';
import type { ReviewDifferences } from '../../app/review/reviewDifferences.ts';
import type { Event } from '../../base/emitter.ts';
import type { Backflow } from '../../domain/review/backflow.ts';
import type { PlacedProposal } from '../../domain/review/proposals.ts';
import { entryOfKey, toArgument } from './reviewArgument.ts';

/** Above each line where the review and the journal differ: what can be done about it. */
export class ReviewLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly differences: ReviewDifferences;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: { dispose(): void };

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(differences: ReviewDifferences, onDidChange: Event<unknown>) {
    this.differences = differences;
    this.subscription = onDidChange(() => this.changed.fire());
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const incident = this.differences.incidentOf(vscode.workspace.asRelativePath(document.uri, false));
    if (!incident) return [];
    const { proposals, backflow } = await this.differences.of(incident, document.getText());
    return [
      ...proposals.flatMap(proposal => proposalLenses(document, incident.id, proposal)),
      ...backflow.map(edit => backflowLens(document, incident.id, edit)),
    ];
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function proposalLenses(
  document: vscode.TextDocument,
  incidentId: string,
  { key, from, human, proposed }: PlacedProposal,
): vscode.CodeLens[] {
  const lens = lensAt(document, from, toArgument(incidentId, key));
  const take =
    proposed === ''
      ? vscode.l10n.t('Take Out: No Fact Says This Now')
      : human === ''
        ? vscode.l10n.t('Put In: {0}', short(proposed))
        : vscode.l10n.t('Take Fact: {0}', short(proposed));
  const keep = human === '' ? vscode.l10n.t('Leave Out') : vscode.l10n.t('Keep Mine');
  const lenses = [
    lens(take, 'takeReviewFact'),
    lens(keep, 'keepReviewText'),
    lens(vscode.l10n.t('Compare'), 'compareReview'),
  ];
  const hasEvent = entryOfKey(key) !== undefined;
  return hasEvent ? [...lenses, lens(vscode.l10n.t('Show Event'), 'showReviewEvent')] : lenses;
}

function backflowLens(document: vscode.TextDocument, incidentId: string, edit: Backflow): vscode.CodeLens {
  const key = edit.kind === 'action' ? `ai:${edit.actionId}` : `tl:${edit.entryId}`;
  const title =
    edit.kind === 'action' ? vscode.l10n.t('Record in Incident') : vscode.l10n.t('Record as Correction');
  return lensAt(document, edit.line - 1, toArgument(incidentId, key))(title, 'recordReviewEdit');
}

function lensAt(document: vscode.TextDocument, line: number, argument: string) {
  const at = Math.min(Math.max(0, line), document.lineCount - 1);
  return (title: string, name: string) =>
    new vscode.CodeLens(new vscode.Range(at, 0, at, 0), {
      title,
      command: `watchkeeper.${name}`,
      arguments: [argument],
    });
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 70 ? line : `${line.slice(0, 69)}…`;
}
