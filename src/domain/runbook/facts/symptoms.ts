import type { Symptom } from '../model.ts';
import { toPlainText } from '../source/plainText.ts';
import type { Placed } from './page.ts';

const LABEL = /^[*_]*(?:symptoms?|signs|indicators)[*_]*\s*:?[*_]*\s*:?\s*(.*)$/is;
const HEADING = /^(?:symptoms?|signs|indicators)\b/i;

/** Symptoms of each section: a list below `**Symptoms**:`, a comma list behind it, or a heading of that name. */
export function readSymptoms(page: readonly Placed[]): ReadonlyMap<string, readonly Symptom[]> {
  const found = new Map<string, Symptom[]>();
  let isListing = false;
  for (const { block, headingPath } of page) {
    if (block.kind !== 'text') {
      isListing = block.kind === 'heading' && HEADING.test(block.text);
      continue;
    }
    const add = (text: string) => {
      const key = headingPath.join('\u0000');
      found.set(key, [...(found.get(key) ?? []), { text, line: block.startLine }]);
    };
    const label = LABEL.exec(block.text);
    if (label && (label[1] !== '' || /:\**\s*$/.test(block.text))) {
      const inline = (label[1] ?? '').trim();
      for (const text of splitList(inline)) add(text);
      isListing = inline === '';
    } else if (block.item === undefined && !HEADING.test(headingPath.at(-1) ?? '')) isListing = false;
    else if (isListing && block.item) add(toPlainText(block.text));
  }
  return found;
}

/** Commas outside quotes and brackets part the list. */
function splitList(text: string): readonly string[] {
  // The pattern looks ahead to the end: a whole page behind the label is no list.
  if (text === '' || text.length > 1000) return [];
  return text
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)(?![^(]*\))/)
    .map(part => toPlainText(part))
    .filter(part => part !== '');
}
