import * as vscode from 'vscode';
import type { Event } from '../../base/emitter.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { TickProposal } from '../../domain/incident/tickProposals.ts';
import type { Row } from '../row.ts';
import { toTreeItem } from '../treeItem.ts';
import {
  actionRows,
  type DueRow,
  dueRow,
  incidentRow,
  journalRows,
  milestoneRows,
  roleRows,
} from './incidentModel.ts';
import { tickGroupRow, tickProposalRow } from './tickProposalRows.ts';

export interface IncidentsSource {
  /** Those that are not closed, the current one first. */
  open(): readonly IncidentState[];
  dueOf(incident: IncidentState): readonly DueRow[];
  /** Checklist items that the facts prove. */
  proposalsOf(incident: IncidentState): readonly TickProposal[];
  readonly onDidChange: Event<unknown>;
}

/** The incident that runs: what comes due, who holds which role, what is open. */
export class IncidentTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly source: IncidentsSource;
  private readonly nowMs: () => number;
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly rows = new Map<string, Row>();
  private readonly parents = new Map<string, string>();
  private readonly subscription: { dispose(): void };

  readonly onDidChangeTreeData = this.changed.event;

  constructor(source: IncidentsSource, nowMs: () => number) {
    this.source = source;
    this.nowMs = nowMs;
    this.subscription = source.onDidChange(() => this.refresh());
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.rows.get(id);
    return row ? toTreeItem(row) : new vscode.TreeItem(id);
  }

  getChildren(id?: string): string[] {
    const now = this.nowMs();
    const open = this.source.open();
    if (id === undefined) return this.put(open.map(incident => incidentRow(incident, now)));
    const ticked = open.find(candidate => `ticks:${candidate.id}` === id);
    if (ticked) {
      const proposals = this.source.proposalsOf(ticked);
      return this.put(
        proposals.map(proposal => tickProposalRow(ticked.id, proposal)),
        id,
      );
    }
    const incident = open.find(candidate => `incident:${candidate.id}` === id);
    return incident ? this.put(this.rowsOf(incident, now), id) : [];
  }

  private rowsOf(incident: IncidentState, now: number): Row[] {
    const proved = this.source.proposalsOf(incident).length;
    return [
      ...journalRows(incident),
      ...this.source.dueOf(incident).map(due => dueRow(due, now)),
      ...(proved > 0 ? [tickGroupRow(incident.id, proved)] : []),
      ...roleRows(incident),
      ...milestoneRows(incident),
      ...actionRows(incident),
    ];
  }

  getParent(id: string): string | undefined {
    return this.parents.get(id);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private put(rows: readonly Row[], parent?: string): string[] {
    for (const row of rows) {
      this.rows.set(row.id, row);
      if (parent !== undefined) this.parents.set(row.id, parent);
    }
    return rows.map(row => row.id);
  }
}
