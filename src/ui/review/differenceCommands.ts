import * as vscode from 'vscode';
import type { Differences, ReviewDifferences } from '../../app/review/reviewDifferences.ts';
import { UserError } from '../../base/errors.ts';
import { toChange } from '../../base/textChange.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type PlacedProposal, takeProposals } from '../../domain/review/proposals.ts';
import type { CommandHandlers } from '../commands.ts';
import type { ProposedReview } from './proposedReview.ts';
import { entryOfKey, parseArgument } from './reviewArgument.ts';

export interface DifferenceCommandParts {
  readonly differences: ReviewDifferences;
  readonly proposed: ProposedReview;
  readonly incident: (id: string) => IncidentState | undefined;
  readonly toUri: (file: string) => vscode.Uri | undefined;
  readonly showTimeline: (incidentId: string, entryId?: string) => void;
}

type Handled = 'takeReviewFact' | 'keepReviewText' | 'compareReview' | 'showReviewEvent' | 'recordReviewEdit';

/** What the lines above a review's text do. */
export function differenceCommands(parts: DifferenceCommandParts): Pick<CommandHandlers, Handled> {
  const { differences, proposed, showTimeline } = parts;
  return {
    takeReviewFact: async argument => {
      const place = await placeOf(parts, argument);
      const proposal = proposalOf(place);
      await takeFact(place.document, proposal);
      await differences.settle(place.incident.id, proposal, 'taken');
    },
    keepReviewText: async argument => {
      const place = await placeOf(parts, argument);
      await differences.settle(place.incident.id, proposalOf(place), 'kept');
    },
    compareReview: async argument => proposed.compare((await placeOf(parts, argument)).document.uri),
    showReviewEvent: async argument => {
      const { incident, key } = await placeOf(parts, argument);
      showTimeline(incident.id, entryOfKey(key));
    },
    recordReviewEdit: async argument => {
      const { incident, key, found, path } = await placeOf(parts, argument);
      const edit = found.backflow.find(
        one => key === (one.kind === 'action' ? `ai:${one.actionId}` : `tl:${one.entryId}`),
      );
      if (!edit) throw gone();
      await differences.record(incident.id, edit, vscode.l10n.t('edited in {0}', path));
    },
  };
}

interface Place {
  readonly incident: IncidentState;
  readonly key: string;
  readonly path: string;
  readonly document: vscode.TextDocument;
  readonly found: Differences;
}

async function placeOf(
  { differences, incident: incidentOf, toUri }: DifferenceCommandParts,
  argument: string | undefined,
): Promise<Place> {
  const named = parseArgument(argument) ?? fromEditor(differences);
  const incident = named && incidentOf(named.incidentId);
  const path = incident?.review?.path;
  const uri = path === undefined ? undefined : toUri(path);
  if (!named || !incident || !uri || path === undefined)
    throw new UserError(vscode.l10n.t('Open a review that Watchkeeper generated.'));
  const document = await vscode.workspace.openTextDocument(uri);
  const found = await differences.of(incident, document.getText());
  return { incident, key: named.key, path, document, found };
}

function fromEditor(differences: ReviewDifferences) {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const incident = uri && differences.incidentOf(vscode.workspace.asRelativePath(uri, false));
  return incident && { incidentId: incident.id, key: '' };
}

function proposalOf({ found, key }: Place): PlacedProposal {
  const proposal = found.proposals.find(one => one.key === key);
  if (!proposal) throw gone();
  return proposal;
}

function gone(): UserError {
  return new UserError(vscode.l10n.t('This difference is settled already.'));
}

async function takeFact(document: vscode.TextDocument, proposal: PlacedProposal): Promise<void> {
  const change = toChange(document.getText(), takeProposals(document.getText(), [proposal]));
  if (change === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  edit.replace(document.uri, range, change.newText);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new UserError(vscode.l10n.t('VS Code did not take the change. Is the file read-only?'));
}
