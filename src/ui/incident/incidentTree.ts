import * as vscode from 'vscode';
import type { Event } from '../../base/emitter.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
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

export interface IncidentsSource {
  /** Those that are not closed, the current one first. */
  open(): readonly IncidentState[];
  dueOf(incident: IncidentState): readonly DueRow[];
  readonly onDidChange: Event<unknown>;
}

/** The incident that runs: what comes due, who holds which role, what is open. */
export class IncidentTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly source: IncidentsSource;
  private readonly nowMs: () => number;
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly rows = new Map<string, Row>();
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
    const incident = open.find(candidate => `incident:${candidate.id}` === id);
    if (!incident) return [];
    return this.put([
      ...journalRows(incident),
      ...this.source.dueOf(incident).map(due => dueRow(due, now)),
      ...roleRows(incident),
      ...milestoneRows(incident),
      ...actionRows(incident),
    ]);
  }

  getParent(id: string): string | undefined {
    if (id.startsWith('incident:')) return undefined;
    const first = this.source.open()[0];
    return first && `incident:${first.id}`;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private put(rows: readonly Row[]): string[] {
    for (const row of rows) this.rows.set(row.id, row);
    return rows.map(row => row.id);
  }
}
