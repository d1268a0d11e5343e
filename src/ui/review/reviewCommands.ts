import * as vscode from 'vscode';
import { UserError } from '../../base/errors.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { CommandHandlers } from '../commands.ts';
import { type DifferenceCommandParts, differenceCommands } from './differenceCommands.ts';
import { type ExportFormat, type ExportParts, exportReview } from './exportReview.ts';
import { openPastReviews, type PastReviewParts } from './pastReviewPick.ts';

export interface ReviewCommandParts extends DifferenceCommandParts, ExportParts, PastReviewParts {
  readonly files: PastReviewParts['files'];
  readonly newest: () => IncidentState | undefined;
}

type Handled =
  | keyof ReturnType<typeof differenceCommands>
  | 'exportReviewHtml'
  | 'exportReviewJson'
  | 'exportReviewCsv'
  | 'openPastReviews';

export function reviewCommands(parts: ReviewCommandParts): Pick<CommandHandlers, Handled> {
  const exportAs = (format: ExportFormat) => (id: string | undefined) =>
    exportReview(parts, meant(parts, id), format);
  return {
    ...differenceCommands(parts),
    exportReviewHtml: exportAs('html'),
    exportReviewJson: exportAs('json'),
    exportReviewCsv: exportAs('csv'),
    openPastReviews: () => openPastReviews(parts),
  };
}

/** The incident named, else the one whose review is open, else the current, else the newest. */
function meant(parts: ReviewCommandParts, id: string | undefined): IncidentState {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const open = uri && parts.differences.incidentOf(vscode.workspace.asRelativePath(uri, false));
  const named = id === undefined ? undefined : parts.incident(id.replace(/^incident:/, ''));
  const incident = named ?? open ?? parts.current() ?? parts.newest();
  if (!incident) throw new UserError(vscode.l10n.t('There is no incident to export.'));
  return incident;
}
