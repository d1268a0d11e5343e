import { parseDiskText } from './diskText.ts';
import { locate } from './located.ts';
import type { ReviewBlock } from './model.ts';
import { normalizeLine, unescapeMarkdown } from './normalize.ts';
import { toRoles } from './rows.ts';
import { splitCells } from './tables.ts';
import { wallOfRow } from './tableTimes.ts';
import type { Zone } from './zone.ts';

/** A person's edit of the review that the journal could take over as a correction. */
export type Backflow =
  | {
      readonly kind: 'entry';
      readonly entryId: string;
      /** Only what differs; an empty text means that it was taken out. */
      readonly set: { readonly atMs?: number; readonly event?: string; readonly action?: string };
      /** 1-based line in the file. */
      readonly line: number;
    }
  | { readonly kind: 'action'; readonly actionId: string; readonly isDone: boolean; readonly line: number };

/** Finds edited timeline rows and ticked action items. `base` is the last generation, `disk` the file now. */
export function findBackflow(base: readonly ReviewBlock[], disk: string, zone: Zone): Backflow[] {
  const { lines } = parseDiskText(disk);
  const { blocks } = locate(base, lines, new Set());
  const heads = new Map(base.map(block => [block.key, block.text]));
  return base.flatMap((block): Backflow[] => {
    const located = blocks.get(block.key);
    if (located?.kind !== 'edited') return [];
    const text = lines[located.from]?.text ?? '';
    const line = located.from + 1;
    if (block.key.startsWith('ai:')) return toTick(block, text, line);
    const head = heads.get(block.parent ?? '');
    return block.row === undefined || head === undefined
      ? []
      : toCorrection(block, head, { text, line }, zone);
  });
}

function toTick({ key, text }: ReviewBlock, now: string, line: number): Backflow[] {
  const before = isTicked(text);
  const after = isTicked(now);
  if (before === undefined || after === undefined || before === after) return [];
  return [{ kind: 'action', actionId: key.slice('ai:'.length), isDone: after, line }];
}

function isTicked(text: string): boolean | undefined {
  const mark = /^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]/.exec(text)?.[1];
  return mark === undefined ? undefined : mark !== ' ';
}

function toCorrection(
  block: ReviewBlock,
  head: string,
  now: { readonly text: string; readonly line: number },
  zone: Zone,
): Backflow[] {
  const roles = toRoles(splitCells(head.split('\n')[0] ?? ''));
  const before = splitCells(block.text);
  const after = splitCells(now.text);
  const set: { atMs?: number; event?: string; action?: string } = {};
  roles.forEach((role, column) => {
    const cell = after[column];
    if (cell === undefined || normalizeLine(cell) === normalizeLine(before[column] ?? '')) return;
    if (role === 'event' || role === 'action') set[role] = toPlain(cell);
    if (role !== 'time') return;
    const atMs = toInstant(block, now.text, zone);
    if (atMs !== undefined) set.atMs = atMs;
  });
  if (Object.keys(set).length === 0) return [];
  return [{ kind: 'entry', entryId: block.key.slice('tl:'.length), set, line: now.line }];
}

function toPlain(cell: string): string {
  return unescapeMarkdown(cell.replace(/<br\s*\/?>/gi, '\n')).trim();
}

/** The corrected instant: as far from the old one as the wall clocks are, clock changes in between accounted for. */
function toInstant({ row }: ReviewBlock, text: string, zone: Zone): number | undefined {
  if (row === undefined) return undefined;
  const wall = wallOfRow(text, row.wall);
  if (wall === undefined || wall === row.wall) return undefined;
  const moved = row.atMs + wallMs(wall) - wallMs(row.wall);
  const shown = wallMs(`${zone.dateOf(moved)} ${zone.timeOf(moved)}`);
  return moved + wallMs(wall) - shown;
}

function wallMs(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}:00Z`);
}
