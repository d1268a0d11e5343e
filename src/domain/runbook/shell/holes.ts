import type { Hole } from '../model.ts';
import { type QuoteSpan, quoteAt, scanQuotes } from './quotes.ts';

interface HoleRule {
  /** Without this text the pattern cannot match. */
  readonly needs?: string;
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
  { needs: '<', pattern: /<([A-Za-z$_[][^<>|;&`\n]{0,88})>/g, strength: 'required', accept: isAngleHole },
  {
    needs: '<',
    pattern: /<([A-Za-z][\w .:-]*(?:\|[\w .:-]+)+)>/g,
    strength: 'required',
    accept: isAngleHole,
  },
  {
    needs: '<<',
    pattern: /<<([A-Za-z][\w .:-]{0,60})>>(?![\w/])/g,
    strength: 'required',
    accept: hit => !/<$/.test(hit.before),
  },
  { needs: '&lt;', pattern: /&lt;([A-Za-z$_[][^|;`\n]{0,88}?)&gt;/g, strength: 'required', accept: always },
  {
    needs: '{{',
    pattern: /\{\{\s*([A-Za-z_][\w-]*(?:[ .][\w-]+)*)\s*\}\}/g,
    strength: 'required',
    accept: hit => !TEMPLATE_WORDS.test(hit.inner.split(' ')[0] ?? ''),
  },
  { needs: '{', pattern: /\{([A-Za-z][\w-]*(?:[ .][\w-]+)*)\}/g, strength: 'required', accept: isBraceHole },
  {
    needs: '[',
    pattern: /\[((?:[A-Z][A-Z0-9]+(?:[-_ ][A-Z0-9]{2,})+|(?:your|old|new)[-_ ][\w -]+))\]/g,
    strength: 'required',
    accept: hit => !/[[\w]$/.test(hit.before) && !hit.after.startsWith(']'),
  },
  {
    needs: '[',
    pattern: /\[([A-Z]{4,}|[a-z][a-z0-9]*(?:[-_ ][A-Za-z0-9]+)+|[a-z]{4,})\]/g,
    strength: 'required',
    accept: isSquareHole,
  },
  {
    needs: '__',
    pattern: /(?<![\w$])__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?!\w)/g,
    strength: 'required',
    accept: always,
  },
  {
    // An address or a version with letters where the numbers go: `10.x.x.x`, `a.b.c.d`.
    pattern:
      /(?<![\w.$])(?:(?:\d{1,3}\.){3}[xX]|(?:\d{1,3}\.){2}[xX]\.[xX]|\d{1,3}(?:\.[xX]){3}|[xX](?:\.[xX]){3}|[aA]\.[bB]\.[cC]\.[dD]|v?(?:\d+\.)?X\.Y(?:\.Z)?)(?!\w)/g,
    strength: 'required',
    accept: hit => !/\bv$/.test(hit.before),
  },
  {
    pattern:
      /(?<![\w$%{])(?:X{2,}|x{2,}|CHANGE_?ME|REPLACE_?ME|REDACTED|PLACEHOLDER|TBD|N{3,}|YOUR_[A-Z0-9_]+|YOUR-[A-Z0-9-]+|your[_-][a-z][\w-]*|[A-Z0-9_]+_HERE|[A-Z]+(?:-[A-Z]+)*-HERE|Y{2,4}[-.]?MM[-.]?DD)(?!\w|=(?!=))/g,
    strength: 'required',
    accept: hit => !/(?:export|unset)\s+$/.test(hit.before),
  },
  { needs: '...', pattern: /(?<=[\s"'=]|^)\.\.\.(?=[\s"']|$)/g, strength: 'required', accept: always },
  {
    pattern: /(?<![\w$.{\-%@])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w=:(.[-])/g,
    strength: 'offered',
    accept: isNameHole,
  },
  {
    // Capitals that only ever stand for a name: `kubectl logs POD -n NAMESPACE`.
    pattern:
      /(?<![\w$.{%@-])(?:NAMESPACE|NODE|NODENAME|POD|PODNAME|CLUSTER|HOSTNAME|HOST|USERNAME|USER|PASSWORD|SERVICE|DEPLOYMENT|CONTAINER|DATABASE|DBNAME|INSTANCE|BUCKET|REGION|PROJECT|ZONE|TOKEN|FILENAME|PORT|SERVER|VOLUME|PVC|NAME|VERSION|TAG|ENV|ENVIRONMENT|PID|UUID|COMMIT|BRANCH|IMAGE|SECRET|ACCOUNT)(?![\w=(.[-]|:(?:[\s.]|$))/g,
    strength: 'offered',
    accept: isNounHole,
  },
];

const MAY_HOLD_HOLE = /[<{[]|&lt;|[xX]{2}|\.[xX]|X\.Y|\.\.\.|[A-Z]_[A-Z]|[A-Z]{3}|[aA]\.[bB]\.|your[_-]/;

/** Gaps a reader has to fill before the command can run, in order. Comments are not searched. */
export function findHoles(command: string): readonly Hole[] {
  if (!MAY_HOLD_HOLE.test(command)) return [];
  const { quotes, comments } = scanQuotes(command);
  const holes: Hole[] = [];
  // The word that closes a here-document is the author's own, however much it looks like a name to fill in.
  const closers = new Set([...command.matchAll(/<<-?\s*["']?(\w+)/g)].map(match => match[1]));
  for (const rule of RULES) {
    if (rule.needs !== undefined && !command.includes(rule.needs)) continue;
    for (const match of command.matchAll(rule.pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (holes.some(hole => start < hole.end && end > hole.start)) continue;
      if (comments.some(comment => start >= comment.start && start < comment.end)) continue;
      if (closers.has(match[0])) continue;
      if (rule.accept(toHit(command, quotes, match)))
        holes.push({ text: match[0], start, end, strength: rule.strength });
    }
  }
  return holes.sort((a, b) => a.start - b.start);
}

/** The command with every required gap overwritten by a word of the same length, so that a shell can parse it. */
export function maskHoles(command: string, holes: readonly Hole[] = findHoles(command)): string {
  let masked = command;
  for (const hole of holes)
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

/** `[pod name]` where a name goes; a glob, an index, a test or a pattern is none. */
function isSquareHole({ before, after, quote }: HoleHit): boolean {
  if (quote !== undefined && !/^["']?\[[^\]]*\]["']?$/.test(quote) && !/["'/=:@ -]$/.test(before))
    return false;
  if (quote?.startsWith("'") === true || /^[\]*+?{(:]/.test(after) || /^\w/.test(after)) return false;
  if (/(?:grep|sed|awk|jq|rg|tr|find|ls|rm|cp|mv|cat|chmod|for|yq|test|rake)\b[^|;&]*$/.test(before))
    return false;
  return /(?:^|[\s/=:@,"-])$/.test(before) && !/\[$/.test(before);
}

/** Words that stand for a choice of the program's own, not for a name of the reader's. */
const CHOICE_OPTION =
  /(?:^|\s)-{1,2}[\w-]*(?:type|mode|status|format|state|class|level|strategy|policy|protocol|method|action|permission|operator|event|engine|signal|kind|severity|scope|unit|statistic|filter|namespace-scoped)s?[ =]["']?$/i;

function isNounHole({ before, after, quote }: HoleHit): boolean {
  if (quote !== undefined || /[[(,|*]\s*$/.test(before) || CHOICE_OPTION.test(before)) return false;
  if (
    /(?:^|\s)(?:export|unset|printenv|declare|readonly|local|read|for|getconf|set|echo|grep|awk|signal|kill)\b[^|;&]*$/.test(
      before,
    )
  )
    return false;
  if (/(?:^|\s)(?:-e|--env|--build-arg|-v|-u|-X|-o|-s|--sort|--sort-by|--columns?)[ =]["']?$/.test(before))
    return false;
  return /[\s/=@:-]$/.test(before) && /^(?:$|[\s/;|&)"'@:])/.test(after);
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
  if (/\b[ef]?grep\b[^|]*$/.test(before) || /<<-?\s*["']?$/.test(before) || CHOICE_OPTION.test(before))
    return false;
  return quote === undefined || quote.length === text.length + 2;
}
