import { aliasEdits } from './aliasEdits.ts';
import { hasHiddenText } from './hiddenText.ts';
import type { CommandStep, Hole } from './model.ts';
import { type QuoteSpan, quoteAt, scanQuotes } from './shell/quotes.ts';

/** One change between the command as written and as it will run; offsets are within the final text. */
export interface Replacement {
  readonly kind: 'hole' | 'alias';
  readonly from: string;
  /** The text now standing there, quotes included. */
  readonly to: string;
  readonly start: number;
  readonly end: number;
}

export type FilledCommand =
  | {
      readonly ok: true;
      /** What will run. */
      readonly text: string;
      readonly replacements: readonly Replacement[];
      /** Offered holes left as written: they may be meant literally. */
      readonly unfilled: readonly string[];
    }
  | { readonly ok: false; readonly missing: readonly string[]; readonly problem: string };

interface Edit {
  readonly kind: Replacement['kind'];
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The step's command as it will run: gaps filled with values quoted for where they stand, then hosts and names
 * replaced by the environment's aliases at word boundaries. Refuses values with line breaks or control characters:
 * in a terminal they would be typed as further commands. Refuses commands that read other than they run, and aliases
 * that a shell would not take as one word.
 * @param values gap as written (`<pod>`) → value
 * @param aliases name as written (`testgen-service:8000`) → name here (`localhost:8000`)
 */
export function fillCommand(
  step: Pick<CommandStep, 'command' | 'holes'>,
  values: Readonly<Record<string, string>>,
  aliases: Readonly<Record<string, string>>,
): FilledCommand {
  if (hasHiddenText(step.command))
    return refusal('The command holds invisible control characters: it would not run as it reads');
  const missing = step.holes.filter(hole => hole.strength === 'required' && values[hole.text] === undefined);
  if (missing.length > 0) {
    const names = [...new Set(missing.map(hole => hole.text))];
    return { ok: false, missing: names, problem: `Not filled yet: ${names.join(', ')}` };
  }
  const refused = step.holes.find(hole => /[\u0000-\u001f\u007f\u2028\u2029]/.test(values[hole.text] ?? ''));
  if (refused) return refusal(`The value for ${refused.text} holds a line break or control character`);
  const { quotes } = scanQuotes(step.command);
  const filled = step.holes.flatMap(hole => toEdit(hole, values[hole.text], quotes));
  const aliased = aliasesOutside(step.command, aliases, filled);
  const unsafe = aliased.find(edit => !/^[\w.:/@%+,[\] =-]*$/.test(edit.newText));
  if (unsafe) {
    const name = step.command.slice(unsafe.start, unsafe.end);
    return refusal(`The alias of ${name} holds a character that a shell would act on`);
  }
  const edits = [...filled, ...aliased].sort((a, b) => a.start - b.start);
  return { ok: true, ...apply(step.command, edits), unfilled: unfilledOf(step.holes, values) };
}

function refusal(problem: string): FilledCommand {
  return { ok: false, missing: [], problem };
}

function unfilledOf(holes: readonly Hole[], values: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(holes.filter(hole => values[hole.text] === undefined).map(hole => hole.text))];
}

function toEdit(hole: Hole, value: string | undefined, quotes: readonly QuoteSpan[]): readonly Edit[] {
  if (value === undefined) return [];
  const span = quoteAt(quotes, hole.start);
  return [{ kind: 'hole', start: hole.start, end: hole.end, newText: quoteFor(value, span?.quote) }];
}

/** The value so that the shell sees exactly it: bare words get single quotes when they need any. */
function quoteFor(value: string, quote: QuoteSpan['quote'] | undefined): string {
  if (quote === '"') return value.replace(/[\\"$`!]/g, mark => (mark === '!' ? `"'!'"` : `\\${mark}`));
  const escaped = value.replaceAll("'", `'\\''`);
  if (quote === "'") return escaped;
  return value !== '' && /^[\w@%+:,./-]+$/.test(value) ? value : `'${escaped}'`;
}

/** Never inside a value that a person typed. */
function aliasesOutside(
  command: string,
  aliases: Readonly<Record<string, string>>,
  taken: readonly Edit[],
): readonly Edit[] {
  return aliasEdits(command, aliases)
    .filter(edit => !taken.some(other => edit.start < other.end && edit.end > other.start))
    .map(edit => ({ kind: 'alias', ...edit }));
}

function apply(
  command: string,
  edits: readonly Edit[],
): { text: string; replacements: readonly Replacement[] } {
  const replacements: Replacement[] = [];
  let text = '';
  let position = 0;
  for (const { kind, start, end, newText } of edits) {
    text += command.slice(position, start);
    replacements.push({
      kind,
      from: command.slice(start, end),
      to: newText,
      start: text.length,
      end: text.length + newText.length,
    });
    text += newText;
    position = end;
  }
  return { text: text + command.slice(position), replacements };
}
