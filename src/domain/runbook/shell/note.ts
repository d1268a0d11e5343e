import type { Script } from 'unbash';

/** Parts the remark behind a command (`ping x  # Prometheus`) from it; a `#` inside words or quotes is no remark. */
export function splitNote(
  text: string,
  script: Script,
): { readonly command: string; readonly note: string | undefined } {
  const end = script.commands.at(-1)?.end;
  if (end === undefined || !text.includes('#')) return { command: text, note: undefined };
  const rest = /^([;\s]*)#+(.*)$/.exec(text.slice(end));
  if (rest === null || (rest[1] ?? '').includes('\n')) return { command: text, note: undefined };
  return { command: text.slice(0, end).trimEnd(), note: (rest[2] ?? '').trim() || undefined };
}
