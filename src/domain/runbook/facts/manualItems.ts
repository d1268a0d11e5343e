import type { ManualStep } from '../model.ts';
import type { IdMint } from '../source/hash.ts';
import type { LineTable } from '../source/lineTable.ts';
import { parseLabelled, toTitle } from '../source/plainText.ts';
import type { Placed } from './page.ts';

const LINK_ONLY = /^\s*(?:\[[^\]]*\]\([^)]*\)|<?https?:\/\/\S+>?)\s*$/;

/**
 * Numbered instructions without a command are steps for a person: nearly half of real runbooks hold nothing else.
 * Not: checklists, contacts (`**Label**: …`), tables of contents, and the sentence that introduces a code block.
 */
export function readManualItem(
  place: { readonly placed: Placed; readonly next: Placed | undefined },
  table: LineTable,
  mint: IdMint,
): ManualStep | undefined {
  const { block, headingPath } = place.placed;
  if (block.kind !== 'text' || block.item === undefined || !/^\d/.test(block.item.marker)) return undefined;
  if (/^\[[ xX]\]/.test(block.text) || LINK_ONLY.test(block.text) || parseLabelled(block.text))
    return undefined;
  if (place.next?.block.kind === 'fence' || place.next?.block.kind === 'indented') return undefined;
  const title = toTitle(block.text.split('\n').join(' '));
  if (title === '') return undefined;
  return {
    kind: 'manual',
    id: mint.mint('manual', ...headingPath, block.text),
    title,
    link: /https?:\/\/[^\s)>"'`]+/.exec(block.text)?.[0],
    range: table.lines(block.startLine, block.endLine),
    headingPath,
  };
}
