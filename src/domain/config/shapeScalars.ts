import { parseDuration } from './duration.ts';
import type { JsonSchema, Reading, Shape } from './shape.ts';
import { closest } from './suggest.ts';
import type { ScalarTree } from './yamlTree.ts';

/** A scalar that `convert` makes something of; undefined from it means "not what was wanted". */
export function scalar<T>(
  wanted: string,
  schema: JsonSchema,
  convert: (text: string, tree: ScalarTree) => T | undefined,
): Shape<T> {
  return {
    wanted,
    schema,
    read: (tree, reading) => {
      if (tree.kind !== 'scalar' || tree.value === undefined) return reading.mismatch(tree, wanted);
      const text = reading.text(tree);
      if (text === undefined) return undefined;
      const value = convert(text, tree);
      return value === undefined ? mismatch(text, tree, reading, wanted) : value;
    },
  };
}

function mismatch(text: string, tree: ScalarTree, reading: Reading, wanted: string): undefined {
  return reading.mismatch(text === tree.text ? tree : { ...tree, value: text, text }, wanted);
}

export function text(wanted = 'text', extra: JsonSchema = {}): Shape<string> {
  return scalar(wanted, { type: ['string', 'number', 'boolean'], ...extra }, value => value);
}

/** Text that is taken as written: the shell, not Watchkeeper, fills in its variables. */
export function verbatim(wanted: string): Shape<string> {
  return {
    wanted,
    schema: { type: 'string' },
    read: (tree, reading) =>
      tree.kind === 'scalar' && tree.value !== undefined ? tree.text : reading.mismatch(tree, wanted),
  };
}

export function word(wanted: string, pattern: RegExp, examples: readonly string[]): Shape<string> {
  return scalar(wanted, { type: 'string', examples }, value => (pattern.test(value) ? value : undefined));
}

export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
  const wanted = `one of ${words.join(', ')}`;
  return {
    wanted,
    schema: { enum: words },
    read: (tree, reading) => {
      const value = tree.kind === 'scalar' && tree.value !== undefined ? reading.text(tree) : undefined;
      if (value === undefined)
        return tree.kind === 'scalar' && tree.value !== undefined
          ? undefined
          : reading.mismatch(tree, wanted);
      const found = words.find(candidate => candidate === value);
      if (found !== undefined) return found;
      const near = closest(value, words);
      return reading.report(
        tree.at,
        'type',
        `Expected ${wanted}, found "${value}"${near === undefined ? '.' : `: did you mean "${near}"?`}`,
      );
    },
  };
}

export const flag: Shape<boolean> = scalar('true or false', { type: 'boolean' }, value =>
  value === 'true' ? true : value === 'false' ? false : undefined,
);

export function whole(min: number, max: number): Shape<number> {
  const wanted = `a whole number from ${min} to ${max}`;
  return scalar(wanted, { type: 'integer', minimum: min, maximum: max }, value => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });
}

/** `90%` or `90`. */
export const percent: Shape<number> = scalar(
  'a percentage from 1 to 100, such as 90%',
  { type: ['string', 'number'], examples: ['90%'] },
  value => {
    const number = /^\d+(?:\.\d+)?\s*%?$/.test(value) ? Number.parseFloat(value) : Number.NaN;
    return number >= 1 && number <= 100 ? number : undefined;
  },
);

export function duration(minMs: number, example: string): Shape<number> {
  const wanted = `a duration with its unit, such as ${example}`;
  const schema = { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$|\\$\\{', examples: [example] };
  return {
    wanted,
    schema,
    read: (tree, reading) => {
      const value = scalar(wanted, schema, parseDuration).read(tree, reading);
      if (value === undefined || value >= minMs) return value;
      return reading.report(tree.at, 'range', `This is too short: at least ${minMs} ms.`);
    },
  };
}

/** An IANA name that this platform knows. */
export const timeZone: Shape<string> = scalar(
  'a time zone such as Europe/Berlin or UTC',
  { type: 'string', examples: ['UTC', 'Europe/Berlin', 'America/New_York'] },
  value => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone && value;
    } catch {
      return undefined;
    }
  },
);
