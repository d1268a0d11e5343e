import { fail, ok, type Result } from '../../base/result.ts';
import { instantsOf, toWallTime } from './time.ts';

export interface TimeFrame {
  readonly nowMs: number;
  /** Zone in which a bare `10:05` is meant. */
  readonly timeZone: string;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A time as people type it: `10:05`, `10:05Z`, `-7m`, `now`, `yesterday 23:50`, `2026-11-21 10:05`, ISO. A bare time
 * is the latest one that is not more than a minute ahead. The error says why in words; `ambiguous` lists the two
 * instants of an hour that is repeated.
 */
export function parseHumanTime(
  text: string,
  { nowMs, timeZone }: TimeFrame,
): Result<number, { readonly message: string; readonly ambiguous?: readonly number[] }> {
  const trimmed = text.trim();
  if (/^now$/i.test(trimmed)) return ok(nowMs);
  const ago = /^-\s*(\d{1,6})\s*([smhd])$/i.exec(trimmed);
  if (ago) return ok(nowMs - Number(ago[1]) * (unitsMs[(ago[2] ?? '').toLowerCase()] ?? 0));
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(trimmed)) {
    const atMs = Date.parse(trimmed);
    return Number.isNaN(atMs) ? fail({ message: `“${text}” is not a time.` }) : ok(atMs);
  }
  return parseWallTime(trimmed, { nowMs, timeZone });
}

function parseWallTime(text: string, { nowMs, timeZone }: TimeFrame): ReturnType<typeof parseHumanTime> {
  const match =
    /^(?:(today|yesterday)\s+|(\d{4})-(\d{2})-(\d{2})[T\s]\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|UTC)?$/i.exec(
      text,
    );
  if (match === null) return fail({ message: `“${text}” is not a time. Try 10:05, -7m or yesterday 23:50.` });
  const [, word, year, month, day, hour, minute, second = '0', isUtc] = match;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return fail({ message: `“${text}” is not a time of day.` });
  const zone = isUtc === undefined ? timeZone : 'UTC';
  const time = { hour: h, minute: m, second: s };
  if (year !== undefined)
    return pick(
      instantsOf({ year: Number(year), month: Number(month), day: Number(day), ...time }, zone),
      text,
    );
  const today = dayOf(nowMs, zone, word?.toLowerCase() === 'yesterday' ? -1 : 0);
  const instants = instantsOf({ ...today, ...time }, zone);
  if (word !== undefined || (instants[0] ?? nowMs) <= nowMs + 60_000) return pick(instants, text);
  // Just after midnight `23:50` means the evening before.
  return pick(instantsOf({ ...dayOf(nowMs, zone, -1), ...time }, zone), text);
}

function dayOf(
  nowMs: number,
  timeZone: string,
  offsetDays: number,
): { readonly year: number; readonly month: number; readonly day: number } {
  const { year, month, day } = toWallTime(nowMs, timeZone);
  // Counted in calendar days: a day of a clock change has 23 or 25 hours.
  const date = new Date(Date.UTC(year, month - 1, day + offsetDays));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function pick(instants: readonly number[], text: string): ReturnType<typeof parseHumanTime> {
  const [first, second] = instants;
  if (first === undefined) return fail({ message: `The clocks were put forward: there was no ${text}.` });
  if (second !== undefined)
    return fail({ message: `The clocks were put back: ${text} was twice.`, ambiguous: instants });
  return ok(first);
}
