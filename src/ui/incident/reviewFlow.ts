import * as vscode from 'vscode';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import type { ReviewDifferences } from '../../app/review/reviewDifferences.ts';
import { type ReviewWriter, templateOf } from '../../app/reviewWriter.ts';
import { UserError } from '../../base/errors.ts';
import type { Incident } from '../../domain/incident/model.ts';
import { toImpactChart } from '../../domain/review/chart.ts';
import { chartPath } from '../../domain/review/fileName.ts';
import { toReviewProblems } from '../../domain/review/problems.ts';
import type { ReviewFiles } from '../../ports.ts';
import { toLabel, toNotice } from '../outsideText.ts';
import type { ProblemList } from '../problems.ts';

export interface ReviewFlowParts {
  readonly desk: IncidentDesk;
  readonly writer: ReviewWriter;
  readonly files: ReviewFiles;
  readonly problems: ProblemList;
  readonly differences: ReviewDifferences;
  /** The chart is ours alone: it is replaced without asking. */
  readonly writePicture: (file: string, text: string) => Promise<void>;
  readonly hasAppendix: () => boolean;
  readonly nowMs: () => number;
}

/** Generates an incident's review, opens it, and lists what still waits for a person. */
export async function generateReview(parts: ReviewFlowParts, incidentId: string): Promise<string> {
  const incident = parts.desk.get(incidentId);
  if (!incident) throw new UserError(vscode.l10n.t('There is no incident {0}.', incidentId));
  const result = await parts.writer.generate(incident, { hasAppendix: parts.hasAppendix() });
  if (!result.ok) throw new UserError(refusalText(result.error.reason, result.error.path));
  const { path, text, unfilled, proposals } = result.value;
  parts.problems.set(path, toReviewProblems(text, templateOf(incident)));
  await parts.differences.note(incidentId, proposals);
  const chart = toImpactChart(incident, { timeZone: incident.policy.timeZone, nowMs: parts.nowMs() });
  if (chart !== undefined) await parts.writePicture(chartPath(path), chart);
  await parts.files.show(path);
  if (proposals.length > 0) offerCompare(incidentId, proposals.length);
  const open =
    unfilled.length > 0
      ? vscode.l10n.t('{0} fields wait for you: see Problems.', unfilled.length)
      : vscode.l10n.t('Every field is filled.');
  void vscode.window.setStatusBarMessage(`$(eye) ${toLabel(path)}: ${open}`, 15_000);
  return path;
}

/** Not awaited: the differences wait above their lines for as long as it takes. */
function offerCompare(incidentId: string, count: number): void {
  const compare = vscode.l10n.t('Compare');
  void vscode.window
    .showInformationMessage(
      toNotice(vscode.l10n.t('Your words stand in {0} places of the review where the facts differ.', count)),
      compare,
    )
    .then(chosen =>
      chosen === compare
        ? vscode.commands.executeCommand('watchkeeper.compareReview', `${incidentId} `)
        : undefined,
    );
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
