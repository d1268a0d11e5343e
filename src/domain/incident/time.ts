export interface WallTime {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // `hour12: false` would print 24:05 for five past midnight.
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Throws a RangeError for a zone that does not exist. */
export function toWallTime(atMs: number, timeZone: string): WallTime {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/** `10:05`; with the date in front (`2026-11-21 10:05`) when that day is another than the one of `besideMs`. */
export function formatTime(atMs: number, timeZone: string, besideMs: number = atMs): string {
  const { hour, minute } = toWallTime(atMs, timeZone);
  const time = `${pad(hour)}:${pad(minute)}`;
  const date = formatDate(atMs, timeZone);
  return date === formatDate(besideMs, timeZone) ? time : `${date} ${time}`;
}

/** `2026-11-21`. */
export function formatDate(atMs: number, timeZone: string): string {
  const { year, month, day } = toWallTime(atMs, timeZone);
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** `2026-11-21 10:05 UTC`: a moment that a reader elsewhere cannot misread. */
export function formatMoment(atMs: number, timeZone: string): string {
  const { hour, minute } = toWallTime(atMs, timeZone);
  return `${formatDate(atMs, timeZone)} ${pad(hour)}:${pad(minute)} ${zoneLabel(atMs, timeZone)}`;
}

function zoneLabel(atMs: number, timeZone: string): string {
  if (timeZone === 'UTC') return 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(atMs);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** `1d 2h 5m`, `42s` below a minute. A negative duration keeps its sign: it is a mistake that must show. */
export function formatDuration(durationMs: number): string {
  const sign = durationMs < 0 ? '-' : '';
  const seconds = Math.floor(Math.abs(durationMs) / 1000);
  if (seconds < 60) return `${sign}${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ] as const;
  return sign + parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(' ');
}

/** Instants at which a wall clock shows this: none in the hour that spring skips, two in the one that autumn repeats. */
export function instantsOf(wall: WallTime, timeZone: string): readonly number[] {
  const asUtcMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const candidates = [-24, 24].map(hours => {
    const probeMs = asUtcMs + hours * 3_600_000;
    const shown = toWallTime(probeMs, timeZone);
    const shownMs = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
    return asUtcMs - (shownMs - probeMs);
  });
  return [...new Set(candidates)]
    .filter(atMs => {
      const shown = toWallTime(atMs, timeZone);
      return shown.hour === wall.hour && shown.minute === wall.minute && shown.day === wall.day;
    })
    .sort((a, b) => a - b);
}

export function pad(value: number): string {
  return String(value).padStart(2, '0');
}
