import type { Placed } from './facts/page.ts';
import type { ChecklistItem, Section, Step, Symptom } from './model.ts';
import { parseBudgetMs } from './source/durations.ts';
import type { IdMint } from './source/hash.ts';
import type { LineTable } from './source/lineTable.ts';

export interface SectionContent {
  readonly steps: readonly Step[];
  readonly checklist: readonly ChecklistItem[];
  readonly symptoms: ReadonlyMap<string, readonly Symptom[]>;
}

interface Draft extends Omit<Section, 'sections' | 'steps' | 'checklist' | 'range'> {
  readonly steps: Step[];
  readonly checklist: ChecklistItem[];
  readonly sections: Draft[];
  readonly startLine: number;
  range: Section['range'];
}

/** The tree of headings. What stands above the first heading goes into a nameless section of level 0. */
export function toSections(
  page: readonly Placed[],
  content: SectionContent,
  tools: { readonly table: LineTable; readonly mint: IdMint },
): readonly Section[] {
  const roots: Draft[] = [];
  const all: Draft[] = [];
  const open: Draft[] = [];
  for (const { block, headingPath } of page) {
    if (block.kind !== 'heading') continue;
    while ((open.at(-1)?.level ?? 0) >= block.level) close(open, block.startLine - 1, tools.table);
    const range = tools.table.lines(block.startLine, block.endLine);
    const draft: Draft = {
      id: tools.mint.mint('section', ...headingPath),
      title: block.text,
      level: block.level,
      range,
      headingRange: range,
      startLine: block.startLine,
      steps: [],
      checklist: [],
      symptoms: content.symptoms.get(headingPath.join('\u0000')) ?? [],
      sections: [],
      budgetMs: /\(.*\d.*\)/.test(block.text) ? parseBudgetMs(block.text) : undefined,
    };
    (open.at(-1)?.sections ?? roots).push(draft);
    open.push(draft);
    all.push(draft);
  }
  while (open.length > 0) close(open, tools.table.count, tools.table);
  return distribute(roots, all, { content, table: tools.table });
}

function close(open: Draft[], lastLine: number, table: LineTable): void {
  const draft = open.pop();
  if (draft) draft.range = table.lines(draft.startLine, lastLine);
}

function distribute(
  roots: readonly Draft[],
  all: readonly Draft[],
  { content, table }: { readonly content: SectionContent; readonly table: LineTable },
): readonly Section[] {
  const preamble = toPreamble(table, (all[0]?.startLine ?? table.count + 1) - 1);
  const put = <T extends { readonly range: Section['range'] }>(
    items: readonly T[],
    add: (owner: Draft, item: T) => void,
  ) => {
    let at = -1;
    for (const item of items) {
      while ((all[at + 1]?.startLine ?? Infinity) <= item.range.startLine) at++;
      add(all[at] ?? preamble, item);
    }
  };
  put(content.steps, (owner, step) => owner.steps.push(step));
  put(content.checklist, (owner, item) => owner.checklist.push(item));
  return preamble.steps.length + preamble.checklist.length > 0 ? [preamble, ...roots] : roots;
}

function toPreamble(table: LineTable, lastLine: number): Draft {
  return {
    id: 'preamble',
    title: '',
    level: 0,
    range: table.lines(1, Math.max(1, lastLine)),
    headingRange: { startLine: 1, endLine: 1, start: 0, end: 0 },
    startLine: 1,
    steps: [],
    checklist: [],
    symptoms: [],
    sections: [],
    budgetMs: undefined,
  };
}
