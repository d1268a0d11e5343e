import * as vscode from 'vscode';
import { UserError } from '../../base/errors.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import {
  type Likeness,
  type PastReview,
  parsePastReview,
  searchReviews,
  similarIncidents,
} from '../../domain/review/pastReviews.ts';
import type { ReviewFiles } from '../../ports.ts';

const globs = [
  '**/post-incident-reports/**/*.md',
  '**/{postmortems,post-mortems,postmortem,post-mortem}/**/*.md',
  '**/{incident-reports,incident-reviews}/**/*.md',
];
const maxFiles = 2_000;

export interface PastReviewParts {
  readonly find: (globs: readonly string[], limit: number) => Promise<readonly string[]>;
  readonly files: ReviewFiles;
  /** Where this team's reviews go, e.g. `docs/reviews/{date}.md`. */
  readonly reviewPath: () => string | undefined;
  readonly current: () => IncidentState | undefined;
}

interface ReviewItem extends vscode.QuickPickItem {
  readonly path?: string;
}

/** The repository's own reviews: those like the incident that runs first, each with why; typing searches all. */
export async function openPastReviews(parts: PastReviewParts): Promise<void> {
  const reviews = await readReviews(parts);
  if (reviews.length === 0) throw new UserError(vscode.l10n.t('There are no reviews in this workspace yet.'));
  const incident = parts.current();
  const similar = incident ? similarTo(reviews, incident) : [];
  const path = await pick(reviews, similar, incident);
  if (path !== undefined) await parts.files.show(path);
}

/** The incident's own review is not like it: it is it. */
export function similarTo(reviews: readonly PastReview[], incident: IncidentState): readonly Likeness[] {
  const others = reviews.filter(({ path }) => path !== incident.review?.path);
  const words = [
    incident.title,
    ...incident.services,
    ...incident.entries
      .filter(({ isRetracted, relevance }) => !isRetracted && relevance === 'key')
      .map(({ event }) => event),
  ];
  return similarIncidents(others, words.join('\n'));
}

async function readReviews({ find, files, reviewPath }: PastReviewParts): Promise<PastReview[]> {
  const folder = /^([^{}<>*]*)\//.exec(reviewPath() ?? '')?.[1];
  const paths = await find(folder === undefined ? globs : [...globs, `${folder}/**/*.md`], maxFiles);
  const texts = await Promise.all(paths.map(async path => ({ path, text: await files.read(path) })));
  return texts.flatMap(({ path, text }) => (text === undefined ? [] : [parsePastReview(path, text)]));
}

function pick(
  reviews: readonly PastReview[],
  similar: readonly Likeness[],
  incident: IncidentState | undefined,
): Promise<string | undefined> {
  const quickPick = vscode.window.createQuickPick<ReviewItem>();
  quickPick.title = vscode.l10n.t('Past reviews');
  quickPick.placeholder = vscode.l10n.t('Search titles, causes, timelines and resolutions');
  const show = () => {
    quickPick.items =
      quickPick.value.trim() === '' ? all() : searchReviews(reviews, quickPick.value).map(toItem);
  };
  const all = (): ReviewItem[] => [
    ...(incident && similar.length > 0 ? [separator(vscode.l10n.t('Like {0}', incident.title))] : []),
    ...similar.map(toSimilarItem),
    separator(vscode.l10n.t('All, newest first')),
    ...searchReviews(reviews, '').map(toItem),
  ];
  quickPick.onDidChangeValue(show);
  show();
  return new Promise(resolve => {
    quickPick.onDidAccept(() => {
      resolve(quickPick.selectedItems[0]?.path);
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

function toItem(review: PastReview): ReviewItem {
  const { path, title, date, severity, rootCause, openActions } = review;
  return {
    path,
    label: title,
    description: [date, severity === undefined ? undefined : `SEV-${severity}`].filter(Boolean).join(' · '),
    detail: [
      firstLine(rootCause),
      openActions.length > 0 ? vscode.l10n.t('{0} open action items', openActions.length) : '',
    ]
      .filter(Boolean)
      .join(' · '),
    alwaysShow: true,
  };
}

function toSimilarItem({ review, score, because }: Likeness): ReviewItem {
  const item = toItem(review);
  const why = vscode.l10n.t('{0} % alike: {1}', Math.round(score * 100), because.join(', '));
  return { ...item, detail: [why, item.detail].filter(Boolean).join(' · ') };
}

function separator(label: string): ReviewItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function firstLine(text: string | undefined): string {
  const line = text?.split('\n')[0]?.trim() ?? '';
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
