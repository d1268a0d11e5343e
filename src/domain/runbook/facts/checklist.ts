import type { ChecklistItem } from '../model.ts';
import { parseDurationMs } from '../source/durations.ts';
import type { IdMint } from '../source/hash.ts';
import type { LineTable } from '../source/lineTable.ts';
import { toPlainText } from '../source/plainText.ts';
import { type Placed, textBlocks } from './page.ts';

const BOX = /^\[([ xX])\](?:\s+|$)(.*)$/s;
const CONDITION_HEADING =
  /when to (?:escalate|page|call|declare)|escalat\w* (?:criteria|conditions|if|triggers)/i;
const CONDITION_INTRO = /\b(?:escalate|page|declare|call)\b[^.]*\b(?:if|when)\b[^.]*:?\s*$/i;
const DUE_HEADING = /\bwithin\b|[<≤]|\bno later than\b|\bby\b/i;

/** `- [ ]` and `1. [ ]` items outside code: tasks, or conditions under "When to Escalate". */
export function readChecklist(
  page: readonly Placed[],
  table: LineTable,
  mint: IdMint,
): readonly ChecklistItem[] {
  return textBlocks(page).flatMap(({ block, headingPath, intro }) => {
    const box = block.item && BOX.exec(block.text);
    if (!box) return [];
    const text = toPlainText((box[2] ?? '').split('\n')[0] ?? '');
    const isCondition =
      headingPath.some(title => CONDITION_HEADING.test(title)) || CONDITION_INTRO.test(intro);
    return [
      {
        id: mint.mint('checklist', ...headingPath, text),
        role: isCondition ? ('condition' as const) : ('task' as const),
        text,
        isChecked: box[1] !== ' ',
        range: table.lines(block.startLine, block.endLine),
        headingPath,
        dueMs: dueOf(headingPath),
      },
    ];
  });
}

function dueOf(headingPath: readonly string[]): number | undefined {
  const heading = headingPath.findLast(title => DUE_HEADING.test(title));
  return heading === undefined ? undefined : parseDurationMs(heading);
}
