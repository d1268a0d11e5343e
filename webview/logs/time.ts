export type TimeMode = 'local' | 'utc' | 'delta';

export const timeModes: readonly TimeMode[] = ['local', 'utc', 'delta'];

/** `10:01:07.012`, in the zone of the mode; `+0.250` after the row before. */
export function toTimeText(timeMs: number, mode: TimeMode, beforeMs: number | undefined): string {
  if (mode === 'delta' && beforeMs !== undefined) {
    const seconds = (timeMs - beforeMs) / 1000;
    return `${seconds < 0 ? '−' : '+'}${Math.abs(seconds).toFixed(3)}`;
  }
  const date = new Date(timeMs);
  const parts =
    mode === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()];
  const fraction = String(Math.floor(timeMs) % 1000).padStart(3, '0');
  return `${parts.map(part => String(part).padStart(2, '0')).join(':')}.${fraction}`;
}
