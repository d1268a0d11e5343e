/** Wall-clock texts of instants in one time zone. */
export interface Zone {
  /** The name to print once in a report: the zone's id, or `UTC`. */
  readonly label: string;
  /** `2026-11-21` */
  dateOf(atMs: number): string;
  /** `10:05`; hours run from 00 to 23. */
  timeOf(atMs: number): string;
  /** `+02:00`: tells the two 02:30 of an autumn night apart. */
  offsetOf(atMs: number): string;
}

const minuteMs = 60_000;

/** An unknown zone name becomes UTC, since a report with times in a known zone beats none. */
export function toZone(timeZone: string): Zone {
  const format = formatter(timeZone) ?? formatter('UTC');
  const label = formatter(timeZone) === undefined ? 'UTC' : timeZone;
  const cache = new Map<number, Wall>();
  const wallOf = (atMs: number): Wall => {
    const minute = Math.floor(atMs / minuteMs);
    const known = cache.get(minute);
    if (known !== undefined) return known;
    const wall = toWall(format, minute * minuteMs);
    cache.set(minute, wall);
    return wall;
  };
  return {
    label,
    dateOf: atMs => wallOf(atMs).date,
    timeOf: atMs => wallOf(atMs).time,
    offsetOf: atMs => wallOf(atMs).offset,
  };
}

interface Wall {
  readonly date: string;
  readonly time: string;
  readonly offset: string;
}

function formatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    // `hour12: false` prints 24:05 for five past midnight; `h23` does not.
    return new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch {
    return undefined;
  }
}

function toWall(format: Intl.DateTimeFormat | undefined, atMs: number): Wall {
  const parts = new Map(format?.formatToParts(atMs).map(part => [part.type, part.value]));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const date = `${get('year').padStart(4, '0')}-${get('month')}-${get('day')}`;
  const time = `${get('hour')}:${get('minute')}`;
  return { date, time, offset: toOffset(Date.parse(`${date}T${time}:00Z`) - atMs) };
}

function toOffset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / minuteMs);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** `1d 2h 5m`, seconds only below a minute. Undefined for a negative span: that is a wrong milestone. */
export function toDurationText(spanMs: number): string | undefined {
  if (!Number.isFinite(spanMs) || spanMs < 0) return undefined;
  if (spanMs < minuteMs) return `${Math.floor(spanMs / 1000)}s`;
  const minutes = Math.floor(spanMs / minuteMs);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
}
