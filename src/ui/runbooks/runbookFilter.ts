import type { ChecklistItem, Runbook, Section, Step } from '../../domain/runbook/model.ts';

/** All words, in any order, in any of the texts. */
export function fitsFilter(filter: string | undefined, ...texts: readonly (string | undefined)[]): boolean {
  if (filter === undefined) return true;
  const all = texts.join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => all.includes(word));
}

export function isStepShown(filter: string | undefined, step: Step): boolean {
  return fitsFilter(
    filter,
    step.title,
    step.kind === 'command' ? step.command : step.link,
    ...step.headingPath,
  );
}

export function isItemShown(filter: string | undefined, item: ChecklistItem): boolean {
  return fitsFilter(filter, item.text, ...item.headingPath);
}

/** A section is shown with what it holds: for its own title, or for something below it. */
export function isSectionShown(filter: string | undefined, section: Section): boolean {
  return (
    section.steps.some(step => isStepShown(filter, step)) ||
    section.checklist.some(item => isItemShown(filter, item)) ||
    section.sections.some(inner => isSectionShown(filter, inner))
  );
}

/** The filter that holds within a runbook: none when the runbook itself is meant. Undefined result: not shown. */
export function filterWithin(
  filter: string | undefined,
  runbook: Runbook,
): { readonly filter: string | undefined } | undefined {
  if (fitsFilter(filter, runbook.title, runbook.file, runbook.alert?.name)) return { filter: undefined };
  return runbook.sections.some(section => isSectionShown(filter, section)) ? { filter } : undefined;
}
