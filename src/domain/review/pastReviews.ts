import { findPlaceholders } from './placeholders.ts';

/** A review as found in the repository; what it does not say is undefined. */
export interface PastReview {
  readonly path: string;
  readonly title: string;
  /** `2026-11-21` */
  readonly date: string | undefined;
  /** 1 for SEV-1. */
  readonly severity: number | undefined;
  readonly rootCause: string | undefined;
  readonly resolution: string | undefined;
  /** Action items that are not ticked. */
  readonly openActions: readonly string[];
  /** Words with their counts, for search and likeness. */
  readonly terms: ReadonlyMap<string, number>;
}

export interface Likeness {
  readonly review: PastReview;
  /** 0 to 1. */
  readonly score: number;
  /** The words that weigh most in common, best first: why it is alike. */
  readonly because: readonly string[];
}

/** Reads any Markdown review: ours, a team's own shape, or an old one written by hand. */
export function parsePastReview(path: string, text: string): PastReview {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const heading = lines.find(line => /^#\s+\S/.test(line))?.replace(/^#\s+|\s*#*$/g, '') ?? '';
  const title = heading.replace(/^[^:]*(?:review|post-?mortem|incident report)[^:]*:\s*/i, '').trim();
  const rootCause = sectionOf(lines, /^(?:root cause|cause|contributing)/i);
  const resolution = sectionOf(lines, /^(?:resolution|remediation|fix)\b/i);
  const date = /\d{4}-\d{2}-\d{2}/;
  const labelled = lines.find(line => /^[\s*_\-+|]*date\b/i.test(line));
  return {
    path,
    title: title === '' ? (path.split('/').at(-1) ?? path) : title,
    date: date.exec(labelled ?? '')?.[0] ?? date.exec(path)?.[0] ?? date.exec(text)?.[0],
    severity: severityOf(lines),
    rootCause,
    resolution,
    openActions: lines.flatMap(line => {
      const action = /^\s*[-*+]\s+\[ \]\s+(.*)$/.exec(line)?.[1]?.trim();
      return action === undefined || findPlaceholders(action)[0]?.start === 0 ? [] : [action];
    }),
    // What decides likeness counts more than what happens to be mentioned.
    terms: countTerms([
      [title, 4],
      [rootCause ?? '', 3],
      [timelineOf(lines), 1],
      [resolution ?? '', 1],
    ]),
  };
}

/** Reviews that hold every word of the query (or a word that starts with it), best first, then newest. */
export function searchReviews(reviews: readonly PastReview[], query: string): PastReview[] {
  const wanted = termsOf(query);
  if (wanted.length === 0) return [...reviews].sort(byNewest);
  return reviews
    .map(review => ({ review, score: queryScore(review, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || byNewest(a.review, b.review))
    .map(({ review }) => review);
}

/** Past reviews that are like the text of a new incident (title, symptoms), by TF-IDF and cosine. */
export function similarIncidents(reviews: readonly PastReview[], text: string, limit = 3): Likeness[] {
  const weigh = inverseFrequency(reviews);
  const wanted = toVector(countTerms([[text, 1]]), weigh);
  const length = lengthOf(wanted);
  if (length === 0) return [];
  return reviews
    .map((review): Likeness => {
      const own = toVector(review.terms, weigh);
      const shared = [...wanted]
        .map(([term, weight]) => [term, weight * (own.get(term) ?? 0)] as const)
        .filter(([, weight]) => weight > 0)
        .sort((a, b) => b[1] - a[1]);
      const dot = shared.reduce((sum, [, weight]) => sum + weight, 0);
      const score = dot === 0 ? 0 : dot / (length * lengthOf(own));
      return { review, score, because: shared.slice(0, 5).map(([term]) => term) };
    })
    .filter(({ score }) => score >= 0.05)
    .sort((a, b) => b.score - a.score || byNewest(a.review, b.review))
    .slice(0, limit);
}

function queryScore({ terms, path }: PastReview, wanted: readonly string[]): number {
  let score = 0;
  for (const word of wanted) {
    let best = path.toLowerCase().includes(word) ? 1 : 0;
    for (const [term, count] of terms)
      if (term.startsWith(word)) best = Math.max(best, term === word ? count + 1 : count);
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

function inverseFrequency(reviews: readonly PastReview[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const { terms } of reviews)
    for (const term of terms.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  return term => Math.log(1 + reviews.length / (counts.get(term) ?? 0.5));
}

function toVector(terms: ReadonlyMap<string, number>, weigh: (term: string) => number): Map<string, number> {
  return new Map([...terms].map(([term, count]) => [term, (1 + Math.log(count)) * weigh(term)]));
}

function lengthOf(vector: ReadonlyMap<string, number>): number {
  return Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0));
}

function byNewest(a: PastReview, b: PastReview): number {
  return (b.date ?? '').localeCompare(a.date ?? '') || a.path.localeCompare(b.path);
}

const common = new Set(
  'the and for was were with that this from not but are has have had into out our its then than when after before'.split(
    ' ',
  ),
);

function termsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter(
    word => !common.has(word) && !/^\d+$/.test(word),
  );
}

function countTerms(texts: readonly (readonly [string, number])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [text, weight] of texts) {
    for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + weight);
  }
  return counts;
}

/** A section's own text; undefined when it is missing, empty or still only a placeholder. */
function sectionOf(lines: readonly string[], title: RegExp): string | undefined {
  const at = lines.findIndex(
    line => /^#{2,6}\s/.test(line) && title.test(line.replace(/^#+\s*(?:\d+[.)]\s*)?/, '')),
  );
  if (at < 0) return undefined;
  const end = lines.findIndex((line, index) => index > at && /^#{1,6}\s/.test(line));
  const body = lines
    .slice(at + 1, end < 0 ? lines.length : end)
    .join('\n')
    .trim();
  const isOpen = findPlaceholders(body).some(({ start, end: stop }) => start === 0 && stop === body.length);
  return body === '' || isOpen ? undefined : body;
}

function timelineOf(lines: readonly string[]): string {
  return lines.filter(line => /^\s*\|.*\d{1,2}:\d{2}/.test(line)).join('\n');
}

function severityOf(lines: readonly string[]): number | undefined {
  const labelled = lines.find(line => /severity|priority/i.test(line) && /\d/.test(line));
  const level =
    /(?:sev|p|s)[\s-]?([1-5])\b/i.exec(labelled ?? '')?.[1] ?? /severity\W+(\d)\b/i.exec(labelled ?? '')?.[1];
  return level === undefined ? undefined : Number(level);
}
