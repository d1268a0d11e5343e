/** What Windows-1252 shows for the bytes 0x80–0x9f; the five unassigned ones come through as themselves. */
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const BYTE_OF = new Map<string, number>([...CP1252].map((letter, i) => [letter, 0x80 + i]));
const HIGH = `[\\u0080-\\u00ff${CP1252.replace(/[\u0080-\u009f]/g, '')}]`;
const RUN = new RegExp(`${HIGH}{2,}`, 'g');

/**
 * UTF-8 that was once read as Windows-1252 and saved again (`ðŸš¨`), back as it was meant (🚨). Text in which no
 * run of letters decodes cleanly is returned as it is. For what we write or send; never for the runbook itself.
 */
export function repairMojibake(text: string): string {
  return text.replace(RUN, run => repairRun(run));
}

function repairRun(run: string): string {
  const bytes = [...run].map(letter => BYTE_OF.get(letter) ?? letter.charCodeAt(0));
  let repaired = '';
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    repaired += length === 0 ? run.charAt(i) : decode(bytes.slice(i, i + length));
    i += length || 1;
  }
  return repaired;
}

/** Length of a valid multi-byte UTF-8 sequence at the place, else 0. */
function sequenceLength(bytes: readonly number[], at: number): number {
  const lead = bytes[at] ?? 0;
  const length =
    lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  const rest = bytes.slice(at + 1, at + length);
  return length > 0 && rest.length === length - 1 && rest.every(byte => byte >= 0x80 && byte < 0xc0)
    ? length
    : 0;
}

function decode(bytes: readonly number[]): string {
  const [lead = 0, ...rest] = bytes;
  const first = lead & (0xff >> (bytes.length + 1));
  const point = rest.reduce((code, byte) => (code << 6) | (byte & 0x3f), first);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
