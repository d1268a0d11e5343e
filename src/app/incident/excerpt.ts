const headLength = 1_500;
const tailLength = 2_500;

/** Beginning and end of a text on whole lines. Give it redacted text: a cut could halve a secret. */
export function excerptOf(text: string): string {
  if (text.length <= headLength + tailLength) return text;
  const head = text.slice(0, Math.max(text.lastIndexOf('\n', headLength), 0) || headLength);
  const tailStart = text.indexOf('\n', text.length - tailLength);
  const tail = text.slice(tailStart < 0 ? text.length - tailLength : tailStart + 1);
  return `${head}\n… (${text.length - head.length - tail.length} characters left out)\n${tail}`;
}
