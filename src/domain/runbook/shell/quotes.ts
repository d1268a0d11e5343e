/** A quoted stretch of a command, quote marks included; `end` is the text's end when it is never closed. */
export interface QuoteSpan {
  readonly quote: "'" | '"';
  readonly start: number;
  readonly end: number;
}

/** Quotes and comments as a shell lexer sees them at the top level; `$( )` inside quotes is not descended into. */
export function scanQuotes(text: string): {
  readonly quotes: readonly QuoteSpan[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
} {
  const quotes: QuoteSpan[] = [];
  const comments: { start: number; end: number }[] = [];
  for (let i = 0; i < text.length; i++) {
    const mark = text[i];
    if (mark === '\\') i++;
    else if (mark === "'" || mark === '"') {
      const end = closingQuote(text, i, mark);
      quotes.push({ quote: mark, start: i, end });
      i = end - 1;
    } else if (mark === '#' && (i === 0 || /[\s;&|(]/.test(text[i - 1] ?? ''))) {
      const newline = text.indexOf('\n', i);
      const end = newline < 0 ? text.length : newline;
      comments.push({ start: i, end });
      i = end - 1;
    }
  }
  return { quotes, comments };
}

function closingQuote(text: string, open: number, quote: string): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

/** The quoted stretch that holds the position, if any. */
export function quoteAt(quotes: readonly QuoteSpan[], position: number): QuoteSpan | undefined {
  return quotes.find(span => span.start < position && position < span.end);
}
