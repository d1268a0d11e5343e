import { compareRows, type TimelineRow, type TimelineSnapshot } from '../../src/shared/timelineProtocol.ts';

export type Applied = 'applied' | 'stale' | 'missing';

/** The rows as last told by the host. */
export class RowStore {
  private readonly byId = new Map<string, TimelineRow>();
  private sorted: readonly TimelineRow[] = [];
  private revision = 0;
  /** Rows that the last snapshot brought and that were not there before. */
  arrived: readonly TimelineRow[] = [];

  get rows(): readonly TimelineRow[] {
    return this.sorted;
  }

  get(id: string): TimelineRow | undefined {
    return this.byId.get(id);
  }

  /** `missing`: the changes build on a snapshot that never came here, ask for a whole one. */
  apply(snapshot: TimelineSnapshot): Applied {
    const { revision, baseRevision, rows, removedIds } = snapshot;
    // A whole snapshot counts even when its number is lower: the window was reloaded and the host counts anew.
    if (baseRevision !== undefined && revision <= this.revision) return 'stale';
    if (baseRevision !== undefined && baseRevision !== this.revision) return 'missing';
    const isFirst = this.revision === 0;
    if (baseRevision === undefined) this.byId.clear();
    this.arrived = isFirst || baseRevision === undefined ? [] : rows.filter(row => !this.byId.has(row.id));
    for (const id of removedIds) this.byId.delete(id);
    for (const row of rows) this.byId.set(row.id, row);
    this.revision = revision;
    if (baseRevision === undefined || rows.length > 0 || removedIds.length > 0)
      this.sorted = [...this.byId.values()].sort(compareRows);
    return 'applied';
  }
}
