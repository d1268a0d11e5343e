import type { LogView } from '../../app/logs/logView.ts';
import { parseClockTime } from './clockTime.ts';
import { toRowId } from './rowView.ts';

/** The row of that id; undefined when it is gone or filtered out. */
export function findRow(view: LogView, id: string): number | undefined {
  for (let row = view.rows.end - 1; row >= view.rows.first; row--) {
    const ref = view.rows.at(row);
    if (ref !== undefined && toRowId(ref) === id) return row;
  }
  return undefined;
}

/** The next row with a hit in that direction, around the end if need be. */
export function findHit(view: LogView, from: number, direction: 'next' | 'previous'): number | undefined {
  const { rows } = view;
  if (rows.hitCount === 0) return undefined;
  const step = direction === 'next' ? 1 : -1;
  let row = Math.min(Math.max(from, rows.first - 1), rows.end);
  for (let i = 0; i <= rows.size; i++) {
    row += step;
    if (row >= rows.end) row = rows.first;
    if (row < rows.first) row = rows.end - 1;
    if (rows.isHit(row)) return row;
  }
  return undefined;
}

/** The first row at or after the time that a person typed; undefined when that is no time. */
export function findTime(view: LogView, text: string, isUtc: boolean): number | undefined {
  const { rows } = view;
  const timeOf = (row: number) => {
    const ref = rows.at(row);
    const store = ref && view.sources[ref.source]?.tail.store;
    return ref === undefined || store === undefined ? 0 : store.timeMs(ref.seq);
  };
  if (rows.size === 0) return undefined;
  const wantedMs = parseClockTime(text, timeOf(rows.end - 1), isUtc);
  if (wantedMs === undefined) return undefined;
  let low = rows.first;
  let high = rows.end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(middle) < wantedMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
