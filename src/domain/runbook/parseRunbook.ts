import { readAlert } from './facts/alert.ts';
import { readChecklist } from './facts/checklist.ts';
import { readLinks } from './facts/links.ts';
import { readManualItem } from './facts/manualItems.ts';
import { type Placed, placeBlocks } from './facts/page.ts';
import { readContacts, readEscalation } from './facts/people.ts';
import { readSeverities } from './facts/severities.ts';
import { readSymptoms } from './facts/symptoms.ts';
import { readTemplates } from './facts/templates.ts';
import type { CodeBlock, CommandStep, Runbook, Step } from './model.ts';
import { toSections } from './sections.ts';
import { languageOf } from './shell/languages.ts';
import { type CodePageBlock, toPageBlocks } from './source/blocks.ts';
import { frontMatterValue } from './source/body.ts';
import { IdMint } from './source/hash.ts';
import { LineTable } from './source/lineTable.ts';
import { toPlainText } from './source/plainText.ts';
import { unreadableReason } from './source/unreadable.ts';
import { type StepContext, toSteps } from './steps.ts';
import { toUniqueTitles } from './titles.ts';

/**
 * Reads one Markdown runbook. Pure and linear in the text's length; never throws. A text that cannot be a runbook
 * (binary, larger than 1 MB) gives an empty runbook with `unreadable` set.
 * @param file path relative to the workspace, with `/`
 */
export function parseRunbook(file: string, text: string): Runbook {
  const unreadable = unreadableReason(text);
  if (unreadable !== undefined) return emptyRunbook(file, unreadable);
  const table = new LineTable(text);
  const mint = new IdMint();
  const page = placeBlocks(toPageBlocks(text));
  const { blocks, steps } = readSteps(page, table, mint);
  const checklist = readChecklist(page, table, mint);
  return {
    file,
    title: titleOf(file, text, page),
    sections: toSections(page, { steps, checklist, symptoms: readSymptoms(page) }, { table, mint }),
    steps,
    blocks,
    checklist,
    templates: readTemplates(page, table, mint),
    severities: readSeverities(page),
    escalation: readEscalation(page),
    contacts: readContacts(page),
    alert: readAlert(page),
    links: readLinks(page),
    unreadable: undefined,
  };
}

function readSteps(
  page: readonly Placed[],
  table: LineTable,
  mint: IdMint,
): { readonly blocks: readonly CodeBlock[]; readonly steps: readonly Step[] } {
  const setSoFar = new Set<string>();
  const found: Step[] = [];
  const drafts: { readonly block: CodePageBlock; readonly isRunnable: boolean; readonly ids: Set<string> }[] =
    [];
  for (const [i, placed] of page.entries()) {
    const { block, headingPath } = placed;
    if (block.kind === 'fence' || block.kind === 'indented') {
      const context: StepContext = { table, headingPath, mint, setSoFar };
      const { steps, isRunnable } = toSteps(block, context);
      for (const step of steps) found.push(step);
      drafts.push({ block, isRunnable, ids: new Set(steps.map(step => step.id)) });
    } else {
      const manual = readManualItem({ placed, next: page[i + 1] }, table, mint);
      if (manual) found.push(manual);
    }
  }
  const steps = toUniqueTitles(found);
  const byId = new Map(steps.map(step => [step.id, step]));
  return { steps, blocks: drafts.map(draft => toCodeBlock(draft, byId)) };
}

function toCodeBlock(
  {
    block,
    isRunnable,
    ids,
  }: { readonly block: CodePageBlock; readonly isRunnable: boolean; readonly ids: Set<string> },
  byId: ReadonlyMap<string, Step>,
): CodeBlock {
  const steps = [...ids].flatMap(id => {
    const step = byId.get(id);
    return step?.kind === 'command' ? [step satisfies CommandStep] : [];
  });
  return {
    kind: block.kind,
    startLine: block.startLine,
    endLine: block.endLine,
    lang: languageOf(block.info),
    text: block.content,
    isRunnable,
    steps,
  };
}

function titleOf(file: string, text: string, page: readonly Placed[]): string {
  const headings = page.flatMap(({ block }) => (block.kind === 'heading' ? [block] : []));
  const first = headings.find(heading => heading.level === 1) ?? frontMatterTitle(text) ?? headings[0];
  const title = first && toPlainText(first.text);
  return title || file.replace(/^.*\//, '').replace(/\.\w+$/, '');
}

function frontMatterTitle(text: string): { readonly text: string } | undefined {
  const title = frontMatterValue(text, 'title');
  return title === undefined ? undefined : { text: title };
}

function emptyRunbook(file: string, unreadable: string): Runbook {
  return {
    file,
    title: file.replace(/^.*\//, ''),
    sections: [],
    steps: [],
    blocks: [],
    checklist: [],
    templates: [],
    severities: [],
    escalation: [],
    contacts: [],
    alert: undefined,
    links: [],
    unreadable,
  };
}
