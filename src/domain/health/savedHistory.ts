import type { Bucket, FailureRun, Gap, Sample } from './historyModel.ts';
import type { Verdict } from './model.ts';

/**
 * What is kept of a history over reloads of the window: fewer samples than in memory. The two long lists are texts: as
 * objects, a day of a thousand probes would be 49 MB that are written whole at each change.
 */
export interface SavedHistory {
  /** `atMs,verdict,tookMs` joined by `;`, the verdict by its place in `verdicts`. */
  readonly samples: string;
  /** As `bucketText` writes them, joined by `;`. */
  readonly buckets: string;
  readonly failures: readonly FailureRun[];
  readonly gaps: readonly Gap[];
}

const verdicts: readonly Verdict[] = ['up', 'degraded', 'down', 'unknown'];

export function bucketText(bucket: Bucket): string {
  const { startMs, up, degraded, down, unknown, minMs, maxMs, sumMs, goodMs, badMs } = bucket;
  const times = [tenths(minMs), tenths(maxMs), tenths(sumMs), Math.round(goodMs), Math.round(badMs)];
  return [startMs, up, degraded, down, unknown, ...times].join(',');
}

/** Undefined for a row that nobody here wrote. */
export function parseBucket(text: string): Bucket | undefined {
  const [row] = rowsOf(text, 10);
  if (row === undefined) return undefined;
  const [startMs = 0, up = 0, degraded = 0, down = 0, unknown = 0, ...times] = row;
  const [minMs = 0, maxMs = 0, sumMs = 0, goodMs = 0, badMs = 0] = times;
  return { startMs, up, degraded, down, unknown, minMs, maxMs, sumMs, goodMs, badMs };
}

export function samplesText(samples: readonly Sample[]): string {
  return samples
    .map(({ atMs, verdict, tookMs }) => `${atMs},${verdicts.indexOf(verdict)},${tenths(tookMs)}`)
    .join(';');
}

/** What cannot be read is left out. */
export function parseSamples(text: string): readonly Sample[] {
  return rowsOf(text, 3).flatMap(([atMs = 0, place = -1, tookMs = 0]) => {
    const verdict = verdicts[place];
    return verdict === undefined ? [] : [{ atMs, verdict, tookMs }];
  });
}

function rowsOf(text: string, length: number): readonly (readonly number[])[] {
  if (text === '') return [];
  return text
    .split(';')
    .map(row => row.split(',').map(Number))
    .filter(row => row.length === length && row.every(value => Number.isFinite(value)));
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
