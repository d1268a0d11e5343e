import type { ActionItem } from '../incident/model.ts';
import { escapeCell, escapeText } from './escape.ts';
import { findPlaceholders, placeholderName } from './placeholders.ts';

/** What an action item's placeholder asks for. */
type Slot = 'text' | 'owner' | 'due' | 'unknown';

function slotOf(placeholder: string): Slot {
  const name = placeholderName(placeholder);
  if (/person|owner|assignee|\bwho\b|\bname\b|team/.test(name)) return 'owner';
  if (/date|due|when|deadline/.test(name)) return 'due';
  return /action|task|item|to ?do|what|description|detail|improvement|fix/.test(name) ? 'text' : 'unknown';
}

/**
 * An action item in the shape of the template's line (`- [ ] {Action 1} - Assigned to {Person} - Due {Date}`).
 * An owner or date that nobody named stays the placeholder. A line without a place for the text becomes a
 * plain task.
 */
export function renderTask(pattern: string, item: ActionItem): string {
  const toMarkdown = pattern.trimStart().startsWith('|') ? escapeCell : escapeText;
  const values: Readonly<Record<Slot, string | undefined>> = {
    text: item.text,
    owner: item.owner,
    due: item.due,
    unknown: undefined,
  };
  const holes = findPlaceholders(pattern);
  const box = item.isDone ? '[x]' : '[ ]';
  if (!holes.some(hole => slotOf(hole.text) === 'text')) return `- ${box} ${toMarkdown(item.text)}`;
  const filled = holes.reduceRight((line, hole) => {
    const value = values[slotOf(hole.text)];
    return value === undefined || value.trim() === ''
      ? line
      : line.slice(0, hole.start) + toMarkdown(value) + line.slice(hole.end);
  }, pattern);
  return filled.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX]\]/, `$1${box}`);
}

/** An action item under a table's own columns; what is not known stays an empty cell. */
export function toTaskCells(columns: readonly string[], item: ActionItem): string[] {
  let hasText = false;
  return columns.map(column => {
    const name = column.replace(/[*_`]/g, '').trim().toLowerCase();
    const slot = slotOf(name);
    if (slot === 'owner') return escapeCell(item.owner ?? '');
    if (slot === 'due') return escapeCell(item.due ?? '');
    if (/status|done|state/.test(name)) return item.isDone ? 'done' : 'open';
    if (hasText || (slot !== 'text' && columns.length > 1)) return '';
    hasText = true;
    return escapeCell(item.text);
  });
}
