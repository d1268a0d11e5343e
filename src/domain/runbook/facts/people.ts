import type { Contact, EscalationLevel } from '../model.ts';
import { parseDurationMs } from '../source/durations.ts';
import { parseLabelled, toPlainText } from '../source/plainText.ts';
import { type Placed, textBlocks } from './page.ts';

const LEVEL = /^(?:L|Level|Tier)[- ]?\d$/i;
const CONTACT_HEADING = /\bcontacts?\b|on-?call (?:rotation|schedule)|who to (?:call|contact)/i;
const UNSET = /\{[^{}]+\}|<[a-z][^<>@]*>|\bTB[DA]\b|\bTODO\b|\bXXX+\b/i;

/** L1–L4 with who they are and when they are due, wherever they are listed. */
export function readEscalation(page: readonly Placed[]): readonly EscalationLevel[] {
  return textBlocks(page).flatMap(({ block }) => {
    const labelled = block.item && parseLabelled(block.text);
    if (!labelled || !LEVEL.test(labelled.label)) return [];
    const value = toPlainText(labelled.value);
    const detail = /\(([^()]*)\)\s*$/.exec(value)?.[1];
    const isResponse = /respond|acknowledge|answer/i.test(detail ?? '');
    const ms = detail === undefined ? undefined : parseDurationMs(detail);
    return [
      {
        label: labelled.label,
        who: value.replace(/\s*\([^()]*\)\s*$/, ''),
        detail,
        afterMs: isResponse ? undefined : ms,
        respondWithinMs: isResponse ? ms : undefined,
        line: block.startLine,
      },
    ];
  });
}

/** `**Primary**: …` items under headings about contacts; the escalation levels are not among them. */
export function readContacts(page: readonly Placed[]): readonly Contact[] {
  return textBlocks(page).flatMap(({ block, headingPath }) => {
    const labelled = block.item && parseLabelled(block.text);
    if (!labelled || LEVEL.test(labelled.label) || !headingPath.some(title => CONTACT_HEADING.test(title)))
      return [];
    const text = toPlainText(labelled.value);
    return [{ role: labelled.label, text, isUnset: text === '' || UNSET.test(text), line: block.startLine }];
  });
}
