/** For every line of `a` the index of the same line in `b`, or -1; matches keep their order. */
export function alignLines(a: readonly string[], b: readonly string[]): number[] {
  const matches = new Array<number>(a.length).fill(-1);
  const work: Range[] = [{ aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }];
  for (let range = work.pop(); range !== undefined; range = work.pop()) {
    const rest = trimEqualEnds(a, b, range, matches);
    if (rest.aFrom >= rest.aTo || rest.bFrom >= rest.bTo) continue;
    const anchors = uniqueAnchors(a, b, rest);
    if (anchors.length === 0) {
      alignSmall(a, b, rest, matches);
      continue;
    }
    let { aFrom, bFrom } = rest;
    for (const [atA, atB] of anchors) {
      matches[atA] = atB;
      work.push({ aFrom, aTo: atA, bFrom, bTo: atB });
      aFrom = atA + 1;
      bFrom = atB + 1;
    }
    work.push({ aFrom, aTo: rest.aTo, bFrom, bTo: rest.bTo });
  }
  return matches;
}

interface Range {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/** Above this many cells the table of a plain comparison would cost more than it is worth. */
const maxCells = 4_000_000;

function trimEqualEnds(a: readonly string[], b: readonly string[], range: Range, matches: number[]): Range {
  let { aFrom, aTo, bFrom, bTo } = range;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) matches[aFrom++] = bFrom++;
  while (aTo > aFrom && bTo > bFrom && a[aTo - 1] === b[bTo - 1]) matches[--aTo] = --bTo;
  return { aFrom, aTo, bFrom, bTo };
}

/** Lines that occur once on either side, in the longest order they share. */
function uniqueAnchors(a: readonly string[], b: readonly string[], range: Range): [number, number][] {
  const inA = countOnce(a, range.aFrom, range.aTo);
  const inB = countOnce(b, range.bFrom, range.bTo);
  const pairs: [number, number][] = [];
  for (const [line, atA] of inA) {
    const atB = inB.get(line);
    if (atA >= 0 && atB !== undefined && atB >= 0) pairs.push([atA, atB]);
  }
  pairs.sort((left, right) => left[0] - right[0]);
  return longestRising(pairs);
}

/** Where each line stands; -1 for one that stands there more than once. */
function countOnce(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let index = from; index < to; index++) {
    const line = lines[index] ?? '';
    places.set(line, places.has(line) ? -1 : index);
  }
  return places;
}

function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, atB], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < atB) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  });
  const rising: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) rising.push(pair);
  }
  return rising.reverse();
}

function alignSmall(a: readonly string[], b: readonly string[], range: Range, matches: number[]): void {
  const { aFrom, aTo, bFrom, bTo } = range;
  const width = bTo - bFrom + 1;
  if ((aTo - aFrom + 1) * width > maxCells) return;
  const lengths = new Uint32Array((aTo - aFrom + 1) * width);
  const at = (row: number, column: number) => lengths[(row - aFrom) * width + (column - bFrom)] ?? 0;
  for (let row = aTo - 1; row >= aFrom; row--) {
    for (let column = bTo - 1; column >= bFrom; column--) {
      lengths[(row - aFrom) * width + (column - bFrom)] =
        a[row] === b[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  for (let row = aFrom, column = bFrom; row < aTo && column < bTo; ) {
    if (a[row] === b[column]) matches[row++] = column++;
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
}
