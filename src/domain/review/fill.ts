import type { Incident } from '../incident/model.ts';
import { appendixBlocks } from './appendix.ts';
import { escapeCell, escapeText } from './escape.ts';
import { type ReviewFacts, toFacts } from './facts.ts';
import { isResolutionPlace, lookUp, type PlaceholderPlace } from './lookup.ts';
import { impactStartMs } from './milestones.ts';
import type { FilledReview, ReviewBlock, ReviewTemplate, TemplateBlock } from './model.ts';
import { toText } from './model.ts';
import { findPlaceholders, hasPlaceholder } from './placeholders.ts';
import { findUnfilled } from './problems.ts';
import { renderTimelineRow, toRoles, toTimelineRows } from './rows.ts';
import { sampleName } from './samples.ts';
import { toRow } from './tables.ts';
import { renderTask, toTaskCells } from './tasks.ts';
import { toZone, type Zone } from './zone.ts';

export interface FillOptions {
  readonly timeZone: string;
  readonly nowMs: number;
  /** Adds metrics and evidence with hashes after the template's last heading. */
  readonly hasAppendix?: boolean;
  /** Picture of the impact beside the review; only the appendix has a place for it. */
  readonly chartFile?: string;
}

/**
 * The review of an incident in the shape of the template: headings and labels to the letter, samples left out,
 * facts filled in. What no event and no person has told stays the literal placeholder and is listed.
 */
export function fillReview(template: ReviewTemplate, incident: Incident, options: FillOptions): FilledReview {
  const zone = toZone(options.timeZone);
  const filler = new Filler(incident, zone, toFacts(incident, zone, options.nowMs));
  for (const block of template.blocks) filler.add(block);
  const blocks = [
    ...filler.finish(),
    ...(options.hasAppendix === true ? appendixBlocks(incident, zone, options.chartFile) : []),
  ];
  const text = toText(blocks);
  return { text, blocks, unfilled: findUnfilled(text, template) };
}

class Filler {
  private readonly blocks: ReviewBlock[] = [];
  private readonly incident: Incident;
  private readonly zone: Zone;
  private readonly facts: ReviewFacts;
  private readonly done = new Set<string>();
  private isDrillMarked = false;
  /** Empty lines of a block that was left out go to the next that stays. */
  private carriedGap = 0;

  constructor(incident: Incident, zone: Zone, facts: ReviewFacts) {
    this.incident = incident;
    this.zone = zone;
    this.facts = facts;
  }

  add(block: TemplateBlock): void {
    const before = this.blocks.length;
    this.addByKind(block);
    this.carriedGap = this.blocks.length > before ? 0 : Math.max(this.carriedGap, block.gap);
  }

  finish(): readonly ReviewBlock[] {
    return this.blocks;
  }

  private addByKind(block: TemplateBlock): void {
    if (block.kind === 'heading') this.addHeading(block);
    else if (block.kind === 'sample') this.addSample(block);
    else if (block.kind === 'task') this.addTasks(block);
    else if (block.kind === 'tableHead') this.addTable(block);
    else if (block.kind === 'tableRow') this.addTableRow(block);
    else if (block.kind === 'static') this.push(block, block.text, false);
    else this.addFilled(block);
  }

  private addHeading(block: TemplateBlock): void {
    this.addFilled(block);
    if (!this.incident.isDrill || this.isDrillMarked) return;
    this.isDrillMarked = true;
    if (this.blocks.at(-1)?.text.includes('[DRILL]') === true) return;
    this.blocks.push({ key: 'drill', text: '**[DRILL]**', gap: 1, parent: undefined, hasFact: true });
  }

  private addFilled(block: TemplateBlock): void {
    const { text, hasFact } = this.fill(block);
    this.push(block, text, hasFact);
  }

  /** One placeholder in the words of the heading stands for all its samples, so that the gap is seen. */
  private addSample(block: TemplateBlock): void {
    const key = `li:${block.section}`;
    if (this.done.has(key)) return;
    this.done.add(key);
    const mark = /^\s*(?:[-*+]|\d+[.)])\s+/.exec(block.text)?.[0] ?? '- ';
    this.push(block, `${mark}${sampleName(block.section)}`, false);
  }

  private addTasks(block: TemplateBlock): void {
    const { actionItems } = this.incident;
    if (actionItems.length === 0) {
      if (hasPlaceholder(block.text)) this.push(block, block.text, false);
      return;
    }
    const key = `ai:${block.section}`;
    if (this.done.has(key)) return;
    this.done.add(key);
    actionItems.forEach((item, index) => {
      const gap = index === 0 ? Math.max(block.gap, this.carriedGap) : 0;
      const text = renderTask(block.text, item);
      this.blocks.push({ key: `ai:${item.id}`, text, gap, parent: block.parent, hasFact: true });
    });
  }

  private addTable(block: TemplateBlock): void {
    this.push(block, block.text, false);
    const { key, table } = block;
    if (table?.role === 'timeline') {
      const startMs = impactStartMs(this.incident);
      const roles = toRoles(table.columns);
      for (const row of toTimelineRows(this.incident.entries, this.zone, startMs)) {
        const text = renderTimelineRow(roles, row);
        const rowKey = `tl:${row.entry.id}`;
        this.blocks.push({ key: rowKey, text, gap: 0, parent: key, hasFact: true, row: row.time });
      }
    }
    if (table?.role !== 'actions') return;
    for (const item of this.incident.actionItems) {
      const text = toRow(toTaskCells(table.columns, item));
      this.blocks.push({ key: `ai:${item.id}`, text, gap: 0, parent: key, hasFact: true });
    }
  }

  private addTableRow(block: TemplateBlock): void {
    const { text, table, parent } = block;
    const isOpenLabel = table?.role === 'other' && block.label !== '' && isOpenRow(text);
    if (!hasPlaceholder(text) && !isOpenLabel) return;
    // A pattern row has done its work when real rows stand there.
    if (table?.role !== 'other' && this.blocks.at(-1)?.key !== parent) return;
    if (table?.role === 'other') this.addFilled(block);
    else this.push(block, text, false);
  }

  private push(block: TemplateBlock, text: string, hasFact: boolean): void {
    const { key, parent } = block;
    const gap = Math.max(block.gap, this.carriedGap);
    this.blocks.push({ key, text, gap, parent, hasFact });
  }

  private fill(block: TemplateBlock): { readonly text: string; readonly hasFact: boolean } {
    const { text, label, section } = block;
    const holes = findPlaceholders(text);
    const toMarkdown = block.kind === 'tableRow' ? escapeCell : escapeText;
    const toPlace = (placeholder: string, start: number): PlaceholderPlace => ({
      placeholder,
      label,
      section,
      before: text.slice(0, start),
    });
    const first = holes[0];
    if (first !== undefined && isResolutionPlace(toPlace(first.text, first.start))) {
      return this.fillResolution(block, first.start, first.end);
    }
    let hasFact = false;
    const filled = holes.reduceRight((line, { text: placeholder, start, end }) => {
      const value = lookUp(this.facts, toPlace(placeholder, start));
      if (value === undefined) return line;
      hasFact = true;
      // A value inside a line cannot start a list or heading: escape it as if a letter stood before.
      const shown = text.slice(0, start).trim() === '' ? toMarkdown(value) : toMarkdown(`x${value}`).slice(1);
      return line.slice(0, start) + shown + line.slice(end);
    }, text);
    return { text: filled, hasFact };
  }

  private fillResolution(
    block: TemplateBlock,
    start: number,
    end: number,
  ): { readonly text: string; readonly hasFact: boolean } {
    const { text } = block;
    const steps = this.facts.resolution;
    if (steps.length === 0) return { text, hasFact: false };
    const isWhole = text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
    const shown = isWhole ? steps.map((step, index) => `${index + 1}. ${step}`).join('\n') : steps.join('; ');
    return { text: text.slice(0, start) + shown + text.slice(end), hasFact: true };
  }
}

/** `| Date | |`: a label waiting for its value. */
function isOpenRow(text: string): boolean {
  return /^\s*\|[^|]*[^|\s][^|]*\|(?:\s*\|)+\s*$/.test(text);
}
