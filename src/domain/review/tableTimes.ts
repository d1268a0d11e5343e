import { splitCells } from './tables.ts';

const dayMinutes = 1440;

/**
 * `2026-11-21 10:05` for a table row that a person may have written: the first cell with a time counts, the date
 * is the one written, else that of the row above, else the next day when the clock went far back. Undefined
 * where there is no time.
 */
export function wallOfRow(line: string, previousWall: string | undefined): string | undefined {
  for (const cell of splitCells(line)) {
    const match = /^(?:(\d{4}-\d{2}-\d{2})[ T]+)?(\d{1,2}):(\d{2})(?::\d{2})?(?:$|[^\d])/.exec(cell);
    if (match === null) continue;
    const [, date, hours = '', minutes = ''] = match;
    if (Number(hours) > 23 || Number(minutes) > 59) continue;
    const time = `${hours.padStart(2, '0')}:${minutes}`;
    if (date !== undefined) return `${date} ${time}`;
    return previousWall === undefined ? undefined : sameOrNextDay(time, previousWall);
  }
  return undefined;
}

function sameOrNextDay(time: string, previousWall: string): string {
  const [date = '', previousTime = ''] = previousWall.split(' ');
  const isBack = minutesOf(time) < minutesOf(previousTime) - dayMinutes / 2;
  if (!isBack) return `${date} ${time}`;
  const next = Date.parse(`${date}T00:00:00Z`) + dayMinutes * 60_000;
  return Number.isNaN(next) ? `${date} ${time}` : `${new Date(next).toISOString().slice(0, 10)} ${time}`;
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
