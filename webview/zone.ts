/** Times as people of one zone read and write them. Pure: no clock, no locale of the machine. */
export interface Zone {
  /** `10:01:07` */
  time(atMs: number): string;
  /** `10:01` */
  minute(atMs: number): string;
  /** `2026-11-21` */
  date(atMs: number): string;
  /** `2026-11-21 10:01:07` */
  dateTime(atMs: number): string;
  /** What must be added to UTC at that moment, in ms. */
  offsetMs(atMs: number): number;
  /** The moment meant by `10:01`, `10:01:07` or `2026-11-21 10:01:07`, a bare time on the day of `nearMs`. */
  parse(text: string, nearMs: number): number | undefined;
}

export function createZone(timeZone: string): Zone {
  const format = formatOf(timeZone);
  // Formatting is the dearest part of filling a row, and neighbours share their second.
  let cachedSecond = Number.NaN;
  let cached: Parts = { date: '', hour: '', minute: '', second: '' };
  const parts = (atMs: number): Parts => {
    const second = Math.floor(atMs / 1000);
    if (second !== cachedSecond) {
      cachedSecond = second;
      cached = toParts(format, second * 1000);
    }
    return cached;
  };
  const dateTime = (atMs: number) => {
    const { date, hour, minute, second } = parts(atMs);
    return `${date} ${hour}:${minute}:${second}`;
  };
  const offsetMs = (atMs: number) => {
    const wholeMs = Math.floor(atMs / 1000) * 1000;
    return Date.parse(`${dateTime(wholeMs).replace(' ', 'T')}Z`) - wholeMs;
  };
  return {
    time: atMs => dateTime(atMs).slice(11),
    minute: atMs => dateTime(atMs).slice(11, 16),
    date: atMs => parts(atMs).date,
    dateTime,
    offsetMs,
    parse: (text, nearMs) => parseIn({ offsetMs, date: parts(nearMs).date, dateTime }, text),
  };
}

interface Parts {
  readonly date: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** A zone that the browser does not know reads as UTC rather than failing the whole page. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

function toParts(format: Intl.DateTimeFormat, atMs: number): Parts {
  const found = new Map(format.formatToParts(atMs).map(part => [part.type, part.value]));
  const get = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? '';
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    hour: get('hour'),
    minute: get('minute'),
    second: get('second'),
  };
}

interface ParseContext {
  readonly offsetMs: (atMs: number) => number;
  readonly dateTime: (atMs: number) => string;
  readonly date: string;
}

function parseIn(context: ParseContext, text: string): number | undefined {
  const match = /^\s*(?:(\d{4}-\d{2}-\d{2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text);
  if (!match) return undefined;
  const [, date = context.date, hour = '', minute = '', second = '00'] = match;
  const wanted = `${date} ${hour.padStart(2, '0')}:${minute}:${second}`;
  const asUtcMs = Date.parse(`${wanted.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  // Twice, because the offset at the guess may be that of the other side of a clock change.
  const guessMs = asUtcMs - context.offsetMs(asUtcMs);
  const atMs = asUtcMs - context.offsetMs(guessMs);
  // A time that the clock change skipped (02:30 in spring) reads back differently: no such moment.
  return context.dateTime(atMs) === wanted ? atMs : undefined;
}
