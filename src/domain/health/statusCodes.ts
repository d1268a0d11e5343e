/** Whether `code` is among patterns such as `200`, `2xx`, `200-299` or `200..299`. */
export function matchesStatus(code: number, patterns: readonly string[]): boolean {
  return patterns.some(pattern => {
    const range = parseStatusPattern(pattern);
    return range !== undefined && code >= range.from && code <= range.to;
  });
}

/** Undefined when the text is no status pattern. */
export function parseStatusPattern(text: string): { readonly from: number; readonly to: number } | undefined {
  const trimmed = text.trim();
  if (/^[1-5]\d\d$/.test(trimmed)) return { from: Number(trimmed), to: Number(trimmed) };
  const group = /^([1-5])xx$/i.exec(trimmed)?.[1];
  if (group !== undefined) return { from: Number(group) * 100, to: Number(group) * 100 + 99 };
  const range = /^([1-5]\d\d)\s*(?:-|\.\.)\s*([1-5]\d\d)$/.exec(trimmed);
  return range === null ? undefined : { from: Number(range[1]), to: Number(range[2]) };
}
