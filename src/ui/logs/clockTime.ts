/**
 * `10:02`, `10:02:11`, `10:02:11.5`, `2026-11-21 10:02` … as ms since the epoch; without a date the last such time at
 * or before `referenceMs`.
 */
export function parseClockTime(text: string, referenceMs: number, isUtc: boolean): number | undefined {
  const match = /^\s*(?:(\d{4})-(\d\d)-(\d\d)[T ])?(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?\s*(Z)?\s*$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => part && Number(part));
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const isZulu = isUtc || match[8] !== undefined;
  const reference = new Date(referenceMs);
  const date = year
    ? [Number(year), Number(month) - 1, Number(day)]
    : isZulu
      ? [reference.getUTCFullYear(), reference.getUTCMonth(), reference.getUTCDate()]
      : [reference.getFullYear(), reference.getMonth(), reference.getDate()];
  const at = (days: number) => {
    const [y = 0, m = 0, d = 0] = date;
    const parts = [y, m, d + days, Number(hour), Number(minute), Number(second)] as const;
    return (isZulu ? Date.UTC(...parts) : new Date(...parts).getTime()) + Number(match[7] ?? 0) * 1000;
  };
  return year || at(0) <= referenceMs + 1000 ? at(0) : at(-1);
}
