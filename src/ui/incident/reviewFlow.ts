import * as vscode from 'vscode';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { type ReviewWriter, templateOf } from '../../app/reviewWriter.ts';
import { UserError } from '../../base/errors.ts';
import type { Incident } from '../../domain/incident/model.ts';
import { toReviewProblems } from '../../domain/review/problems.ts';
import type { ReviewFiles } from '../../ports.ts';
import type { ProblemList } from '../problems.ts';

export interface ReviewFlowParts {
  readonly desk: IncidentDesk;
  readonly writer: ReviewWriter;
  readonly files: ReviewFiles;
  readonly problems: ProblemList;
  readonly hasAppendix: () => boolean;
}

/** Generates an incident's review, opens it, and lists what still waits for a person. */
export async function generateReview(parts: ReviewFlowParts, incidentId: string): Promise<string> {
  const incident = parts.desk.get(incidentId);
  if (!incident) throw new UserError(vscode.l10n.t('There is no incident {0}.', incidentId));
  const result = await parts.writer.generate(incident, { hasAppendix: parts.hasAppendix() });
  if (!result.ok) throw new UserError(refusalText(result.error.reason, result.error.path));
  const { path, text, unfilled, proposals } = result.value;
  parts.problems.set(path, toReviewProblems(text, templateOf(incident)));
  await parts.files.show(path);
  const kept =
    proposals.length > 0
      ? vscode.l10n.t(' Your words stand in {0} places where the facts differ.', proposals.length)
      : '';
  const open =
    unfilled.length > 0
      ? vscode.l10n.t('{0} fields wait for you: see Problems.', unfilled.length)
      : vscode.l10n.t('Every field is filled.');
  void vscode.window.setStatusBarMessage(`$(eye) ${path}: ${open}${kept}`, 15_000);
  return path;
}

/** Keeps the list of what is missing true while a person fills the review in. */
export function followReviews(parts: Pick<ReviewFlowParts, 'desk' | 'problems'>): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document }) => {
    const path = vscode.workspace.asRelativePath(document.uri, false);
    const incident = parts.desk.list().find((candidate: Incident) => candidate.review?.path === path);
    if (incident) parts.problems.set(path, toReviewProblems(document.getText(), templateOf(incident)));
  });
}

function refusalText(reason: 'conflictMarkers' | 'tooLarge', path: string): string {
  return reason === 'conflictMarkers'
    ? vscode.l10n.t('{0} holds unresolved merge conflicts. Settle them, then generate again.', path)
    : vscode.l10n.t('{0} is larger than 2 MB and was left as it is.', path);
}
