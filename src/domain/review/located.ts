import { alignLines } from './align.ts';
import type { DiskLine } from './diskText.ts';
import type { ReviewBlock } from './model.ts';
import { identityOf, normalizeLine, similarity, wordsOf } from './normalize.ts';

/** What became of a generated block in the file. Line numbers are 0-based and inclusive. */
export type Located =
  | { readonly kind: 'untouched' | 'edited'; readonly from: number; readonly to: number }
  | { readonly kind: 'deleted' };

export interface Location {
  readonly blocks: ReadonlyMap<string, Located>;
  /** Lines that no generated block stands for: a person wrote them. */
  readonly human: ReadonlySet<number>;
}

interface OwnLine {
  readonly block: ReviewBlock;
  readonly norm: string;
}

interface FileLine {
  readonly index: number;
  readonly text: string;
  readonly norm: string;
}

/** A smaller share of common words makes it another line, not an edit of this one. */
const editedShare = 0.5;
const maxCompared = 200;

/**
 * Finds every block of the last generation in the file. A line of `expected` (the next generation's, as compared)
 * is there already and is never taken for an edit of an older one.
 */
export function locate(
  base: readonly ReviewBlock[],
  disk: readonly DiskLine[],
  expected: ReadonlySet<string>,
): Location {
  const own = base.flatMap(block =>
    block.text
      .split('\n')
      .map((text): OwnLine => ({ block, norm: normalizeLine(text) }))
      .filter(line => line.norm !== ''),
  );
  const file = disk
    .map(({ text }, index): FileLine => ({ index, text, norm: normalizeLine(text) }))
    .filter(line => line.norm !== '');
  const matches = alignLines(
    own.map(line => line.norm),
    file.map(line => line.norm),
  );
  const matched = new Set(matches);
  const human = new Set(file.flatMap((line, place) => (matched.has(place) ? [] : [line.index])));
  const blocks = new Map<string, Located>();
  const missing: { readonly block: ReviewBlock; readonly gap: readonly FileLine[] }[] = [];
  const gaps = toGaps(matches, file.length);
  for (let at = 0; at < own.length; ) {
    const block = own[at]?.block;
    if (block === undefined) break;
    let end = at;
    while (own[end]?.block === block) end++;
    const found = toLocated(matches.slice(at, end), file);
    if (found === undefined) missing.push({ block, gap: file.slice(gaps.from[at], gaps.to[end - 1]) });
    else blocks.set(block.key, found);
    at = end;
  }
  for (const { block, gap } of missing) {
    const free = gap.filter(line => human.has(line.index) && !expected.has(line.norm));
    const found = pairUp(block, free);
    if (found !== undefined) human.delete(found);
    blocks.set(
      block.key,
      found === undefined ? { kind: 'deleted' } : { kind: 'edited', from: found, to: found },
    );
  }
  return { blocks, human };
}

function toLocated(places: readonly number[], file: readonly FileLine[]): Located | undefined {
  const found = places.filter(place => place >= 0);
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isWhole = found.length === places.length && last - first === places.length - 1;
  return {
    kind: isWhole ? 'untouched' : 'edited',
    from: file[first]?.index ?? 0,
    to: file[last]?.index ?? 0,
  };
}

/** For every line that has no match, the stretch of the file between the nearest matches around it. */
function toGaps(
  matches: readonly number[],
  length: number,
): { readonly from: readonly number[]; readonly to: readonly number[] } {
  let before = 0;
  const from = matches.map(place => {
    if (place >= 0) before = place + 1;
    return before;
  });
  let after = length;
  const to = matches
    .toReversed()
    .map(place => {
      if (place >= 0) after = place;
      return after;
    })
    .toReversed();
  return { from, to };
}

/** The line that is this block after a person's edit, if there is one. */
function pairUp(block: ReviewBlock, free: readonly FileLine[]): number | undefined {
  const first = block.text.split('\n')[0] ?? '';
  const identity = identityOf(first);
  const same = identity === undefined ? undefined : free.find(line => identityOf(line.text) === identity);
  // A long stretch is a rewrite: comparing every line with every other would tell nothing, slowly.
  if (same !== undefined || free.length > maxCompared) return same?.index;
  const words = wordsOf(normalizeLine(first));
  return free
    .map(line => ({ line, share: similarity(words, wordsOf(line.norm)) }))
    .filter(({ share }) => share >= editedShare)
    .sort((a, b) => b.share - a.share)[0]?.line.index;
}
