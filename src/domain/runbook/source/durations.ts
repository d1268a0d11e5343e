const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const AMOUNT = /(\d+(?:\.\d+)?)\s*(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|[smhd])\b/i;

/** The first duration a text names ("< 5 minutes", "within 24 hours", "1h"), in milliseconds. */
export function parseDurationMs(text: string): number | undefined {
  const match = AMOUNT.exec(text);
  const unit = UNIT_MS[match?.[2]?.charAt(0).toLowerCase() ?? ''];
  if (match === null || unit === undefined) return undefined;
  return Math.round(Number(match[1]) * unit);
}

/** "(5-15 minutes)" as a stretch of time from the start of the incident, in milliseconds. */
export function parseBudgetMs(text: string): { readonly from: number; readonly to: number } | undefined {
  const match = /(\d+)\s*(?:-|–|—|to)\s*(\d+\s*[a-z]+)/i.exec(text);
  const to = parseDurationMs(match?.[2] ?? '');
  const amount = Number.parseInt(match?.[2] ?? '', 10);
  if (match === null || to === undefined || !(amount > 0)) return undefined;
  return { from: Math.round((Number(match[1]) * to) / amount), to };
}
