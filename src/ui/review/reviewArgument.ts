/** One place of one incident's review as a command's argument; incident ids hold no spaces. */
export function toArgument(incidentId: string, key: string): string {
  return `${incidentId} ${key}`;
}

export function parseArgument(
  argument: string | undefined,
): { readonly incidentId: string; readonly key: string } | undefined {
  const at = argument?.indexOf(' ') ?? -1;
  if (argument === undefined || at < 0) return undefined;
  return { incidentId: argument.slice(0, at), key: argument.slice(at + 1) };
}

/** The timeline entry that a place of the review stands for: `tl:w:3`, `ai:w:3`, `ev:w:3/w:7/0`. */
export function entryOfKey(key: string): string | undefined {
  const [, kind, id] = /^(tl|ai|ev):(.+)$/.exec(key) ?? [];
  return kind === 'ev' ? id?.split('/')[0] : id;
}
