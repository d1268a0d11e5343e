import { fail, ok, type Result } from '../../base/result.ts';
import { type DiskText, hasConflictMarkers, inMannerOf, parseDiskText, toPlainText } from './diskText.ts';
import { locate } from './located.ts';
import { Merging } from './merging.ts';
import type { MergedReview, MergeRefusal, Proposal, ReviewBlock } from './model.ts';
import { toText } from './model.ts';
import { identityOf, normalizeLine, normalizeText } from './normalize.ts';

const maxLength = 2 * 1024 * 1024;

/**
 * Brings new facts into a review that people edit. `base` are the blocks of the last generation, `disk` the text
 * as it stands, `next` the blocks of this generation. A person's words and deletions always stay; without a base
 * everything in the file counts as a person's and nothing is changed. Line ends and BOM stay.
 */
export function mergeReview(
  base: readonly ReviewBlock[] | undefined,
  disk: string,
  next: readonly ReviewBlock[],
): Result<MergedReview, MergeRefusal> {
  if (disk.length > maxLength) return fail('tooLarge');
  const file = parseDiskText(disk);
  if (hasConflictMarkers(file)) return fail('conflictMarkers');
  if (base === undefined) return ok({ text: disk, proposals: proposeAll(file, next) });
  if (toPlainText(file) === toText(base)) return ok({ text: inMannerOf(file, toText(next)), proposals: [] });
  return ok(new Merging(base, file, next, locate(base, file.lines, expectedLines(next))).run());
}

function expectedLines(next: readonly ReviewBlock[]): Set<string> {
  return new Set(next.flatMap(({ text }) => normalizeText(text).split('\n')));
}

function proposeAll(file: DiskText, next: readonly ReviewBlock[]): Proposal[] {
  const present = new Set(file.lines.map(({ text }) => normalizeLine(text)));
  const labelled = new Map<string, number>();
  file.lines.forEach(({ text }, index) => {
    const identity = identityOf(text);
    if (identity?.startsWith('f:') === true && !labelled.has(identity)) labelled.set(identity, index);
  });
  const isPresent = (text: string) =>
    normalizeText(text)
      .split('\n')
      .every(line => present.has(line));
  return next
    .filter(block => block.hasFact && !isPresent(block.text))
    .map(({ key, text }): Proposal => {
      const at = labelled.get(identityOf(text) ?? '');
      const human = at === undefined ? undefined : file.lines[at]?.text;
      const line = at === undefined ? Math.max(1, file.lines.length) : at + 1;
      return { key, kind: human === undefined ? 'add' : 'change', human, proposed: text, line };
    });
}
