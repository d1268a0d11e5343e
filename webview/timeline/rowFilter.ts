import type { EntryKind } from '../../src/domain/incident/model.ts';
import type { TimelineRow } from '../../src/shared/timelineProtocol.ts';

export type Category = 'key' | 'alerts' | 'steps' | 'containers' | 'logs' | 'notes' | 'raw';

export const categories: readonly Category[] = [
  'key',
  'alerts',
  'steps',
  'containers',
  'logs',
  'notes',
  'raw',
];

export interface TimeRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is shown: rows of any chosen category (all but raw when none is), that also match the rest. */
export interface RowFilter {
  readonly chosen: ReadonlySet<Category>;
  readonly search: string;
  readonly range: TimeRange | undefined;
  readonly serviceId: string | undefined;
}

export const emptyFilter: RowFilter = {
  chosen: new Set(),
  search: '',
  range: undefined,
  serviceId: undefined,
};

const categoryOfKind: Readonly<Record<EntryKind, Category | undefined>> = {
  incident: undefined,
  health: 'alerts',
  alert: 'alerts',
  container: 'containers',
  deploy: 'containers',
  step: 'steps',
  check: 'steps',
  log: 'logs',
  evidence: 'logs',
  note: 'notes',
  hypothesis: 'notes',
  question: 'notes',
  action: 'notes',
  message: 'notes',
  file: undefined,
  report: undefined,
  unknown: undefined,
};

export function isKey(row: TimelineRow): boolean {
  return row.relevance === 'key' || row.isPinned === true;
}

export function isIn(row: TimelineRow, category: Category): boolean {
  if (category === 'key') return isKey(row);
  if (category === 'raw') return row.relevance === 'raw';
  return row.relevance !== 'raw' && categoryOfKind[row.kind] === category;
}

export function countRows(rows: readonly TimelineRow[]): Readonly<Record<Category, number>> {
  const counts = { key: 0, alerts: 0, steps: 0, containers: 0, logs: 0, notes: 0, raw: 0 };
  for (const row of rows) {
    if (isKey(row)) counts.key++;
    const category = row.relevance === 'raw' ? 'raw' : categoryOfKind[row.kind];
    if (category !== undefined) counts[category]++;
  }
  return counts;
}

export function filterRows(rows: readonly TimelineRow[], filter: RowFilter): readonly TimelineRow[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const { chosen, range, serviceId } = filter;
  const list = [...chosen];
  return rows.filter(row => {
    if (list.length === 0 ? row.relevance === 'raw' && !row.isPinned : !list.some(one => isIn(row, one)))
      return false;
    if (range && (row.atMs < range.fromMs || row.atMs > range.untilMs)) return false;
    if (serviceId !== undefined && row.serviceId !== serviceId) return false;
    if (words.length === 0) return true;
    const text = searchText(row);
    return words.every(word => text.includes(word));
  });
}

const searchTexts = new WeakMap<TimelineRow, string>();

/** Built once per row: typing in the search box must not lower-case 10,000 rows at every key. */
function searchText(row: TimelineRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = [row.event, row.action, row.serviceId, row.who, row.source, row.kind].join(' ').toLowerCase();
  searchTexts.set(row, text);
  return text;
}
