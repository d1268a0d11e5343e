const MAX_CHARACTERS = 1024 * 1024;
const SAMPLE = 8192;

/** Why a text cannot be a runbook, in words for a person; undefined when it can. */
export function unreadableReason(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS)
    return `The file has ${(text.length / 1024 / 1024).toFixed(1)} MB; runbooks of up to 1 MB are read.`;
  const sample = text.slice(0, SAMPLE);
  const strange = sample.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0;
  const isBinary = sample.includes('\u0000')
    ? strange > 8 || strange > sample.length / 100
    : strange > sample.length / 10;
  return isBinary ? 'The file is not text: its name says Markdown, its contents are binary.' : undefined;
}
