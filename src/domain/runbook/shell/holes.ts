import type { Hole } from '../model.ts';
import { type QuoteSpan, quoteAt, scanQuotes } from './quotes.ts';

interface HoleRule {
  readonly pattern: RegExp;
  readonly strength: Hole['strength'];
  /** Further conditions that a pattern alone cannot express. */
  readonly accept: (hit: HoleHit) => boolean;
}

interface HoleHit {
  readonly text: string;
  readonly inner: string;
  readonly before: string;
  readonly after: string;
  readonly quote: string | undefined;
}

const HTML_TAGS = /^\/?(?:br|hr|div|span|em|li|ul|ol|td|tr|th|pre|img|html|body|strong|script|style)\b/i;
const TEMPLATE_WORDS = /^(?:range|if|end|else|with|define|block|template|print|next|include)$/;
const always = () => true;

/** Every form in which runbook authors leave a gap. Order matters: an earlier rule keeps its text. */
const RULES: readonly HoleRule[] = [
  { pattern: /<([A-Za-z$_[][^<>|;&`\n]{0,88})>/g, strength: 'required', accept: isAngleHole },
  { pattern: /&lt;([A-Za-z$_[][^|;`\n]{0,88}?)&gt;/g, strength: 'required', accept: always },
  {
    pattern: /\{\{\s*([A-Za-z_][\w-]*(?:\.\w+)*)\s*\}\}/g,
    strength: 'required',
    accept: hit => !TEMPLATE_WORDS.test(hit.inner),
  },
  { pattern: /\{([A-Za-z][\w-]*(?:[ .][\w-]+)*)\}/g, strength: 'required', accept: isBraceHole },
  {
    pattern: /\[((?:[A-Z][A-Z0-9]+(?:[-_ ][A-Z0-9]{2,})+|(?:your|old|new)[-_ ][\w -]+))\]/g,
    strength: 'required',
    accept: hit => !/[[\w]$/.test(hit.before) && !hit.after.startsWith(']'),
  },
  {
    pattern:
      /(?<![\w$%{])(?:X{2,}|x{2,}|CHANGE_?ME|REPLACE_?ME|REDACTED|YOUR_[A-Z0-9_]+|your[_-][a-z][\w-]*|[A-Z0-9_]+_HERE|Y{2,4}[-.]?MM[-.]?DD)(?!\w|=(?!=))/g,
    strength: 'required',
    accept: hit => !/(?:export|unset)\s+$/.test(hit.before),
  },
  { pattern: /(?<=[\s"'=]|^)\.\.\.(?=[\s"']|$)/g, strength: 'required', accept: always },
  {
    pattern: /(?<![\w$.{\-%@])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w=:(.[-])/g,
    strength: 'offered',
    accept: isNameHole,
  },
];

const MAY_HOLD_HOLE = /[<{[]|&lt;|[xX]{2}|\.\.\.|[A-Z]_[A-Z]|CHANGEME|REPLACEME|REDACTED|your[_-]|YYYY/;

/** Gaps a reader has to fill before the command can run, in order. Comments are not searched. */
export function findHoles(command: string): readonly Hole[] {
  if (!MAY_HOLD_HOLE.test(command)) return [];
  const { quotes, comments } = scanQuotes(command);
  const holes: Hole[] = [];
  for (const rule of RULES) {
    for (const match of command.matchAll(rule.pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (holes.some(hole => start < hole.end && end > hole.start)) continue;
      if (comments.some(comment => start >= comment.start && start < comment.end)) continue;
      if (rule.accept(toHit(command, quotes, match)))
        holes.push({ text: match[0], start, end, strength: rule.strength });
    }
  }
  return holes.sort((a, b) => a.start - b.start);
}

/** The command with every required gap overwritten by a word of the same length, so that a shell can parse it. */
export function maskHoles(command: string): string {
  let masked = command;
  for (const hole of findHoles(command))
    masked = masked.slice(0, hole.start) + '_'.repeat(hole.end - hole.start) + masked.slice(hole.end);
  return masked;
}

function toHit(command: string, quotes: readonly QuoteSpan[], match: RegExpExecArray): HoleHit {
  const span = quoteAt(quotes, match.index);
  return {
    text: match[0],
    inner: match[1] ?? match[0],
    before: command.slice(Math.max(0, match.index - 60), match.index),
    after: command.slice(match.index + match[0].length, match.index + match[0].length + 20),
    quote: span && command.slice(span.start, span.end),
  };
}

function isAngleHole({ inner, before }: HoleHit): boolean {
  if (/[<$]$/.test(before) || /\s\d?$/.test(inner)) return false;
  return !/:\/\//.test(inner) && !/^[^\s@]+@[^\s@]+\.\w+$/.test(inner) && !HTML_TAGS.test(inner);
}

function isBraceHole({ inner, before, quote }: HoleHit): boolean {
  if (/[$%@\\^{]$/.test(before) || TEMPLATE_WORDS.test(inner)) return false;
  if (/(?:^|\s)(?:-o|-w|--format|--output|--write-out|-I)[ =]?["']?$/.test(before)) return false;
  if (quote === undefined) return true;
  if (/\bf['"][^'"]*$/.test(before)) return false;
  return !quote.startsWith("'") || !/\$\d|\bprint\b|::|"\s*:|":/.test(quote);
}

function isNameHole({ before, quote, text }: HoleHit): boolean {
  if (
    /(?:^|\s)(?:export|unset|printenv|declare|readonly|local|read|for|getconf|set)\s+(?:-\w+\s+)*$/.test(
      before,
    )
  )
    return false;
  if (/(?:^|\s)(?:-e|--env|--build-arg|-v|-u)[ =]["']?$/.test(before)) return false;
  if (/\b[ef]?grep\b[^|]*$/.test(before)) return false;
  return quote === undefined || quote.length === text.length + 2;
}
