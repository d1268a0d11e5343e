import * as vscode from 'vscode';
import type { JournalFiles } from '../adapters/journalFiles.ts';
import type { IncidentActions } from '../app/incidentActions.ts';
import type { IncidentDesk } from '../app/incidentDesk.ts';
import { journalReviewBases } from '../app/review/bases.ts';
import { ReviewDifferences } from '../app/review/reviewDifferences.ts';
import { ReviewWriter } from '../app/reviewWriter.ts';
import type { IncidentPolicy } from '../domain/incident/model.ts';
import { toReviewFiles } from '../host/reviewFiles.ts';
import { readSetting } from '../host/settings.ts';
import { sha256 } from '../host/sha256.ts';
import { followReviews, generateReview, type ReviewFlowParts } from '../ui/incident/reviewFlow.ts';
import { ProblemList } from '../ui/problems.ts';
import { ProposedReview } from '../ui/review/proposedReview.ts';
import type { ReviewCommandParts } from '../ui/review/reviewCommands.ts';
import { ReviewLenses } from '../ui/review/reviewLenses.ts';
import type { Tools } from './tools.ts';

export interface ReviewNeeds {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly journal: JournalFiles;
  readonly redact: (text: string) => string;
  readonly policy: () => IncidentPolicy;
}

export interface ReviewParts {
  readonly generate: (incidentId: string) => Promise<string>;
  readonly commands: Omit<ReviewCommandParts, 'showTimeline'>;
}

/** The review file and everything around it: writing, comparing, exporting, finding older ones. */
export function openReviews(tools: Tools, needs: ReviewNeeds): ReviewParts {
  const { desk, actions, journal, redact, policy } = needs;
  const { store, clock } = tools;
  const files = toReviewFiles(tools.files);
  const record = async (incidentId: string, b: { path: string; sha256: string; baseSha256: string }) => {
    await desk.record(incidentId, { t: 'report.generated', b });
  };
  const bases = journalReviewBases(journal, record, sha256);
  const differences = new ReviewDifferences({ desk, actions, bases });
  const flow: ReviewFlowParts = {
    desk,
    files,
    differences,
    writer: new ReviewWriter({ files, bases, clock, redact }),
    writePicture: (file, text) => tools.files.write(file, text),
    problems: store.add(new ProblemList('review', file => tools.files.uri(file))),
    hasAppendix: () => readSetting('review.evidenceAppendix'),
    nowMs: clock.nowMs,
  };
  const lenses = store.add(new ReviewLenses(differences, desk.onDidChange));
  store.add(vscode.languages.registerCodeLensProvider({ language: 'markdown', scheme: 'file' }, lenses));
  store.add(followReviews(flow));
  return {
    generate: incidentId => generateReview(flow, incidentId),
    commands: {
      differences,
      proposed: store.add(new ProposedReview(differences, desk.onDidChange)),
      incident: id => desk.get(id),
      current: () => desk.current(),
      newest: () => desk.list()[0],
      files,
      find: (globs, limit) => tools.files.find(globs, limit),
      reviewPath: () => policy().reviewPath,
      toUri: file => tools.files.uri(file),
      toHtmlFile: review => tools.parsers().toHtmlFile(review),
      redact,
      nowMs: clock.nowMs,
    },
  };
}
