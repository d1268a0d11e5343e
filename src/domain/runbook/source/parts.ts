import type { SourceRange } from '../../../base/source.ts';
import type { Runbook, Section } from '../model.ts';

/** A stretch of the file: something the parser named, or what stands between. */
export interface Part {
  readonly kind: 'step' | 'checklist' | 'template' | 'heading' | 'text';
  readonly text: string;
  readonly range: SourceRange;
}

type Named = Omit<Part, 'text'>;

/** The whole file as consecutive parts; joining their texts gives the file back. */
export function toParts(runbook: Runbook, text: string): readonly Part[] {
  const named: Named[] = [
    ...runbook.steps.map(step => ({ kind: 'step' as const, range: step.range })),
    ...runbook.checklist.map(item => ({ kind: 'checklist' as const, range: item.range })),
    ...runbook.templates.map(template => ({ kind: 'template' as const, range: template.range })),
    ...headings(runbook.sections),
  ].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const parts: Part[] = [];
  let position = 0;
  let line = 1;
  for (const { kind, range } of named) {
    if (range.start < position) continue;
    if (range.start > position)
      parts.push(
        between(text, { start: position, end: range.start, startLine: line, endLine: range.startLine }),
      );
    parts.push({ kind, range, text: text.slice(range.start, range.end) });
    position = range.end;
    line = range.endLine;
  }
  if (position < text.length)
    parts.push(between(text, { start: position, end: text.length, startLine: line, endLine: line }));
  return parts;
}

function between(text: string, range: SourceRange): Part {
  return { kind: 'text', range, text: text.slice(range.start, range.end) };
}

function headings(sections: readonly Section[]): readonly Named[] {
  return sections.flatMap(section => [
    { kind: 'heading' as const, range: section.headingRange },
    ...headings(section.sections),
  ]);
}
