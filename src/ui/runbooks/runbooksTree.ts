import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import type { Event } from '../../base/emitter.ts';
import type { ChecklistItem, Runbook, Section, Step } from '../../domain/runbook/model.ts';
import type { SymptomMatch } from '../../domain/runbook/symptoms.ts';
import type { Row } from '../row.ts';
import { toTreeItem } from '../treeItem.ts';
import { type FactRow, factRows } from './runbookFacts.ts';
import { filterWithin, isItemShown, isSectionShown, isStepShown } from './runbookFilter.ts';
import { checkRow, factsRow, runbookRow, sectionRow, stepKey, stepRow } from './runbooksModel.ts';

export interface RunbooksSource {
  runbooks(): readonly Runbook[];
  /** Fires with the file that changed. */
  readonly onDidChange: Event<string>;
}

export interface RunbooksTreeOptions {
  readonly source: RunbooksSource;
  readonly runs: RunbookRuns;
  readonly isTicked: (itemId: string) => boolean;
  /** The command as it will run in the environment of now, when that is another than as written. */
  readonly willRun: (step: Step) => string | undefined;
  readonly fits: { matches(file: string): readonly SymptomMatch[]; readonly onDidChange: Event<void> };
}

type Node =
  | { readonly kind: 'runbook'; readonly runbook: Runbook }
  | { readonly kind: 'section'; readonly runbook: Runbook; readonly section: Section }
  | { readonly kind: 'step'; readonly runbook: Runbook; readonly step: Step }
  | { readonly kind: 'check'; readonly runbook: Runbook; readonly item: ChecklistItem }
  | { readonly kind: 'facts'; readonly runbook: Runbook }
  | { readonly kind: 'fact'; readonly runbook: Runbook; readonly fact: FactRow };

/** Runbook › section › step or checklist item. Elements are ids; nodes are made when a parent is opened. */
export class RunbooksTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly options: RunbooksTreeOptions;
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly nodes = new Map<string, Node>();
  private text: string | undefined;
  private readonly parents = new Map<string, string>();
  private readonly subscriptions: { dispose(): void }[];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(options: RunbooksTreeOptions) {
    this.options = options;
    this.subscriptions = [
      options.source.onDidChange(() => this.refresh()),
      options.fits.onDidChange(() => this.refresh()),
      options.runs.onDidChange(run => this.changed.fire(run.order.stepId)),
    ];
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const node = this.nodes.get(id);
    return node ? toTreeItem(this.row(id, node)) : new vscode.TreeItem(id);
  }

  getChildren(id?: string): string[] {
    if (id === undefined) {
      return this.options.source
        .runbooks()
        .filter(runbook => filterWithin(this.text, runbook) !== undefined)
        .map(runbook => this.put(`runbook:${runbook.file}`, { kind: 'runbook', runbook }, undefined));
    }
    const node = this.nodes.get(id);
    if (node?.kind === 'runbook')
      return [...this.sections(id, node.runbook, node.runbook.sections), ...this.facts(id, node.runbook)];
    if (node?.kind === 'section') return this.sectionChildren(id, node.runbook, node.section);
    if (node?.kind === 'facts')
      return factRows(node.runbook).map(fact =>
        this.put(fact.row.id, { kind: 'fact', runbook: node.runbook, fact }, id),
      );
    return [];
  }

  /** What is looked for; undefined while all is shown. */
  get filter(): string | undefined {
    return this.text;
  }

  setFilter(text: string | undefined): void {
    this.text = text;
    this.refresh();
  }

  /** Where a row that is no step stands in its file. */
  placeOf(id: string): { file: string; line: number } | undefined {
    const node = this.nodes.get(id);
    if (node?.kind === 'fact') return { file: node.runbook.file, line: node.fact.line };
    if (node?.kind === 'section') return { file: node.runbook.file, line: node.section.range.startLine };
    if (node?.kind === 'check') return { file: node.runbook.file, line: node.item.range.startLine };
    return node?.kind === 'runbook' ? { file: node.runbook.file, line: 1 } : undefined;
  }

  linkOf(id: string): string | undefined {
    const node = this.nodes.get(id);
    return node?.kind === 'fact' ? node.fact.link : undefined;
  }

  getParent(id: string): string | undefined {
    return this.parents.get(id);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private row(id: string, node: Node): Row {
    const { runs, isTicked, fits } = this.options;
    switch (node.kind) {
      case 'runbook':
        return runbookRow(node.runbook, fits.matches(node.runbook.file));
      case 'section':
        return sectionRow(
          id,
          node.section,
          fits.matches(node.runbook.file).find(({ sectionId }) => sectionId === node.section.id),
        );
      case 'step':
        return stepRow(id, node.step, runs.get(id), this.options.willRun(node.step));
      case 'facts':
        return factsRow(id);
      case 'fact':
        return node.fact.row;
      case 'check':
        return checkRow(id, node.item, isTicked(node.item.id));
    }
  }

  /** A document title that holds everything says nothing: its sections stand directly below the runbook. */
  private sections(parent: string, runbook: Runbook, sections: readonly Section[]): string[] {
    return sections.flatMap(section => {
      if (!hasContent(section) || !isSectionShown(this.within(runbook), section)) return [];
      if (section.level === 1) return this.sectionChildren(parent, runbook, section);
      return [
        this.put(`section:${runbook.file}#${section.id}`, { kind: 'section', runbook, section }, parent),
      ];
    });
  }

  private sectionChildren(parent: string, runbook: Runbook, section: Section): string[] {
    const filter = this.within(runbook);
    const own = [
      ...section.steps
        .filter(step => isStepShown(filter, step))
        .map(step => ({
          line: step.range.startLine,
          id: stepKey(runbook.file, step.id),
          node: { kind: 'step', runbook, step } as const,
        })),
      ...section.checklist
        .filter(item => isItemShown(filter, item))
        .map(item => ({
          line: item.range.startLine,
          id: `check:${runbook.file}#${item.id}`,
          node: { kind: 'check', runbook, item } as const,
        })),
    ].sort((a, b) => a.line - b.line);
    return [
      ...own.map(({ id, node }) => this.put(id, node, parent)),
      ...this.sections(parent, runbook, section.sections),
    ];
  }

  private within(runbook: Runbook): string | undefined {
    return filterWithin(this.text, runbook)?.filter;
  }

  private facts(parent: string, runbook: Runbook): string[] {
    if (this.within(runbook) !== undefined || factRows(runbook).length === 0) return [];
    return [this.put(`facts:${runbook.file}`, { kind: 'facts', runbook }, parent)];
  }

  private put(id: string, node: Node, parent: string | undefined): string {
    this.nodes.set(id, node);
    if (parent === undefined) this.parents.delete(id);
    else this.parents.set(id, parent);
    return id;
  }
}

function hasContent(section: Section): boolean {
  return section.steps.length > 0 || section.checklist.length > 0 || section.sections.some(hasContent);
}
