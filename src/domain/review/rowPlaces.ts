import type { DiskLine } from './diskText.ts';
import type { Location } from './located.ts';
import type { ReviewBlock, RowTime } from './model.ts';
import { isTableRow } from './tables.ts';
import { wallOfRow } from './tableTimes.ts';

interface PlacedRow {
  readonly line: number;
  /** `2026-11-21 10:05`, of the row itself or of the nearest above that has a time. */
  readonly wall: string;
  /** For rows of ours that nobody changed: the instant and the place among the rows of this generation. */
  readonly own: { readonly atMs: number; readonly order: number } | undefined;
}

/** Finds where a new timeline row belongs among all rows of the file, people's own included. */
export class RowPlaces {
  private readonly tables = new Map<string, readonly PlacedRow[]>();
  private readonly base: readonly ReviewBlock[];
  private readonly nextRows: ReadonlyMap<string, { readonly row: RowTime; readonly order: number }>;
  private readonly lines: readonly DiskLine[];
  private readonly location: Location;

  constructor(
    base: readonly ReviewBlock[],
    next: readonly ReviewBlock[],
    lines: readonly DiskLine[],
    location: Location,
  ) {
    this.base = base;
    this.lines = lines;
    this.location = location;
    this.nextRows = new Map(
      next.flatMap(({ key, row }, order) => (row === undefined ? [] : [[key, { row, order }] as const])),
    );
  }

  /** The line after which the row goes; undefined when its table is not in the file. */
  anchorFor({ parent, row }: ReviewBlock, order: number): number | undefined {
    const head = parent === undefined ? undefined : this.location.blocks.get(parent);
    if (parent === undefined || row === undefined || head === undefined || head.kind === 'deleted')
      return undefined;
    const rows = this.tables.get(parent) ?? this.read(parent, head.to);
    this.tables.set(parent, rows);
    const before = lastIndex(rows, placed =>
      placed.own === undefined
        ? placed.wall <= row.wall
        : placed.own.atMs < row.atMs || (placed.own.atMs === row.atMs && placed.own.order < order),
    );
    return rows[before]?.line ?? head.to;
  }

  private read(parent: string, headLine: number): readonly PlacedRow[] {
    const untouched = new Map<number, ReviewBlock>();
    let lastLine = headLine;
    for (const block of this.base) {
      const located = this.location.blocks.get(block.key);
      if (block.parent !== parent || located === undefined || located.kind === 'deleted') continue;
      lastLine = Math.max(lastLine, located.to);
      if (located.kind === 'untouched') untouched.set(located.from, block);
    }
    while (isTableRow(this.lines[lastLine + 1]?.text ?? '')) lastLine++;
    const rows: PlacedRow[] = [];
    let wall = this.base.find(block => block.parent === parent && block.row !== undefined)?.row?.wall;
    for (let line = headLine + 1; line <= lastLine; line++) {
      const text = this.lines[line]?.text ?? '';
      if (!isTableRow(text)) continue;
      const block = untouched.get(line);
      const known = block === undefined ? undefined : this.nextRows.get(block.key);
      // A row of ours that goes out, or moves, is no landmark.
      const isStaying = block?.row === undefined || known?.row.atMs === block.row.atMs;
      wall = block?.row?.wall ?? wallOfRow(text, wall) ?? wall;
      if (!isStaying) continue;
      const own = known === undefined ? undefined : { atMs: known.row.atMs, order: known.order };
      rows.push({ line, wall: wall ?? '', own });
    }
    return rows;
  }
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index];
    if (item !== undefined && test(item)) return index;
  }
  return -1;
}
