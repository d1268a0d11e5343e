/** The one stretch in which two texts differ; half-open UTF-16 offsets into the first. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Undefined when the texts are equal. Small edits keep cursors, folding and marks of an open editor in place. */
export function toChange(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  // Half a line end or half a character cannot be replaced.
  while (start > 0 && isInside(before, start)) start--;
  let common = 0;
  while (
    common < shorter - start &&
    before.charCodeAt(before.length - 1 - common) === after.charCodeAt(after.length - 1 - common)
  )
    common++;
  while (common > 0 && isInside(before, before.length - common)) common--;
  return {
    start,
    end: before.length - common,
    newText: after.slice(start, after.length - common),
  };
}

function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isLowSurrogate = code >= 0xdc00 && code <= 0xdfff;
  return isLowSurrogate || (text[at] === '\n' && text[at - 1] === '\r');
}
