/** How a stretch of text is painted. Colours 0–15 are the theme's; others are CSS colours. */
export interface AnsiStyle {
  readonly foreground?: number | string;
  readonly background?: number | string;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isItalic?: boolean;
  readonly isUnderlined?: boolean;
  readonly isInverse?: boolean;
}

export interface AnsiSpan {
  readonly start: number;
  readonly end: number;
  readonly style: AnsiStyle;
}

export interface AnsiText {
  readonly text: string;
  readonly spans: readonly AnsiSpan[];
}

/**
 * An escape sequence, whole: CSI, OSC/DCS/PM/APC/SOS up to their end (which would set titles, the clipboard, links)
 * and the two-byte ones. What is not well formed loses only its escape byte.
 */
const escapeSequence =
  /\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|[ -/]+[0-~]|[0-Z\\^-~])|\x1b|\x9b/g;

/** True when `plainText` would change the text. */
export function hasEscapes(text: string): boolean {
  return text.includes('\x1b') || text.includes('\x9b');
}

export function plainText(text: string): string {
  return hasEscapes(text) ? text.replace(escapeSequence, '') : text;
}

/** Text without escapes, and the colours that they asked for; everything else that they asked for is ignored. */
export function parseAnsi(text: string): AnsiText {
  if (!hasEscapes(text)) return { text, spans: [] };
  const spans: AnsiSpan[] = [];
  let plain = '';
  let style: AnsiStyle = {};
  let from = 0;
  const take = (until: number) => {
    if (until === from) return;
    const start = plain.length;
    plain += text.slice(from, until);
    if (Object.keys(style).length > 0) spans.push({ start, end: plain.length, style });
  };
  for (const match of text.matchAll(escapeSequence)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = restyled(style, match[1] ?? '');
  }
  take(text.length);
  return { text: plain, spans };
}

function restyled(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(code => (code === '' ? 0 : Number(code)));
  let result: AnsiStyle = style;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes, i + 1);
      i += used;
      if (colour !== undefined) result = { ...result, [code === 38 ? 'foreground' : 'background']: colour };
    } else {
      result = applied(result, code);
    }
  }
  return result;
}

const switches: Readonly<Record<number, AnsiStyle>> = {
  1: { isBold: true },
  2: { isDim: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
};

const ends: Readonly<Record<number, readonly (keyof AnsiStyle)[]>> = {
  22: ['isBold', 'isDim'],
  23: ['isItalic'],
  24: ['isUnderlined'],
  27: ['isInverse'],
  39: ['foreground'],
  49: ['background'],
};

function applied(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return {};
  const added = switches[code];
  if (added !== undefined) return { ...style, ...added };
  const ended = ends[code];
  if (ended !== undefined) {
    return Object.fromEntries(Object.entries(style).filter(([key]) => !ended.some(name => name === key)));
  }
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  return style;
}

/** The colour after a 38 or 48, and how many codes it took. */
function extendedColour(codes: readonly number[], at: number): [number | string | undefined, number] {
  if (codes[at] === 2) {
    const [red = 0, green = 0, blue = 0] = codes.slice(at + 1, at + 4).map(value => value & 255);
    return [`rgb(${red}, ${green}, ${blue})`, 4];
  }
  if (codes[at] !== 5) return [undefined, 0];
  return [paletteColour((codes[at + 1] ?? 0) & 255), 2];
}

function paletteColour(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const part = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(part);
  return `rgb(${red}, ${green}, ${blue})`;
}
