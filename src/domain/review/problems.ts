import type { Problem } from '../../base/source.ts';
import type { ReviewTemplate, Unfilled } from './model.ts';
import { identityOf } from './normalize.ts';
import { findBraced, findPlaceholders } from './placeholders.ts';
import { sampleName } from './samples.ts';

interface Found extends Unfilled {
  readonly startColumn: number;
  readonly endColumn: number;
  readonly label: string;
}

/** Placeholders that still wait for a person, in the text as it stands now. Code is not looked into. */
export function findUnfilled(text: string, template?: ReviewTemplate): Unfilled[] {
  return find(text, template).map(({ placeholder, line }) => ({ placeholder, line }));
}

/** The same for the Problems panel: one warning for each, naming what is missing. */
export function toReviewProblems(text: string, template?: ReviewTemplate): Problem[] {
  return find(text, template).map(({ placeholder, line, startColumn, endColumn, label }) => ({
    code: 'review.unfilled',
    severity: 'warning',
    message:
      label === '' ? `Not filled in yet: ${placeholder}` : `${label} is not filled in yet: ${placeholder}`,
    line,
    startColumn,
    endColumn,
  }));
}

/** The template's own placeholders only, when the template is known: people may write braces as well. */
function find(text: string, template: ReviewTemplate | undefined): Found[] {
  const known = template === undefined ? undefined : toKnown(template);
  const found: Found[] = [];
  let section = '';
  let fence: string | undefined;
  text.split(/\r\n|\r|\n/).forEach((content, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(content)?.[1];
    if (mark !== undefined && (fence === undefined || content.trim().startsWith(fence))) {
      fence = fence === undefined ? mark : undefined;
      return;
    }
    if (fence !== undefined) return;
    if (/^#{1,6}\s/.test(content)) section = content.replace(/^#+\s*|\s*#*\s*$/g, '');
    const holes = known === undefined ? findBraced(content) : findPlaceholders(content);
    if (holes.length === 0) return;
    const identity = identityOf(content);
    const label = identity?.startsWith('f:') === true ? labelOf(content, identity.slice(2)) : section;
    for (const { text: placeholder, start, end } of holes) {
      if (known?.has(placeholder) === false) continue;
      found.push({ placeholder, line: index + 1, startColumn: start, endColumn: end, label });
    }
  });
  return found;
}

function toKnown(template: ReviewTemplate): Set<string> {
  return new Set(
    template.blocks.flatMap(({ kind, text, section }) =>
      kind === 'sample' ? [sampleName(section)] : findPlaceholders(text).map(({ text: hole }) => hole),
    ),
  );
}

function labelOf(line: string, lowered: string): string {
  const at = line.toLowerCase().indexOf(lowered);
  return line.slice(at, at + lowered.length);
}
