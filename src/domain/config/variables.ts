export type LookUp = (name: string) => string | undefined;

/** What stands for a variable that has no value; `message` is the writer's own (`${VAR:?message}`). */
export interface MissingVariable {
  readonly name: string;
  readonly message: string | undefined;
}

export interface Expanded {
  readonly text: string;
  readonly missing: readonly MissingVariable[];
}

/** Names of variables that stand in several places, first given wins. */
export function lookUpIn(
  ...layers: readonly (Readonly<Record<string, string | undefined>> | undefined)[]
): LookUp {
  return name => {
    for (const layer of layers) if (layer && Object.hasOwn(layer, name)) return layer[name];
    return undefined;
  };
}

/**
 * Replaces `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?message}` and `${VAR:+other}`; `$$` stands for one
 * dollar. With `isBare`, `$VAR` counts too, as compose files have it. Defaults may hold variables themselves.
 */
export function expandVariables(text: string, lookUp: LookUp, isBare = false): Expanded {
  const missing: MissingVariable[] = [];
  let result = '';
  let index = 0;
  while (index < text.length) {
    const dollar = text.indexOf('$', index);
    if (dollar < 0) break;
    result += text.slice(index, dollar);
    const taken = takeVariable(text, dollar, lookUp, isBare);
    result += taken.text;
    missing.push(...taken.missing);
    index = taken.end;
  }
  return { text: result + text.slice(index), missing };
}

interface Reference {
  readonly name: string;
  readonly operator: string;
  readonly word: string;
}

interface Scope {
  readonly lookUp: LookUp;
  readonly isBare: boolean;
}

interface Taken extends Expanded {
  readonly end: number;
}

function takeVariable(text: string, dollar: number, lookUp: LookUp, isBare: boolean): Taken {
  const literal = (value: string): Taken => ({ text: value, missing: [], end: dollar + value.length });
  if (text[dollar + 1] === '$') return { text: '$', missing: [], end: dollar + 2 };
  const bare = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1))?.[0];
  if (bare !== undefined && isBare) {
    const value = lookUp(bare);
    const missing = value === undefined ? [{ name: bare, message: undefined }] : [];
    return { text: value ?? '', missing, end: dollar + 1 + bare.length };
  }
  if (text[dollar + 1] !== '{') return literal('$');
  const close = closingBrace(text, dollar + 1);
  const parts = /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/.exec(text.slice(dollar + 2, close));
  if (close < 0 || parts === null) return literal('$');
  const [, name = '', operator = '', word = ''] = parts;
  return { ...apply({ name, operator, word }, { lookUp, isBare }), end: close + 1 };
}

function apply(reference: Reference, scope: Scope): Expanded {
  const { name, operator, word } = reference;
  const { lookUp, isBare } = scope;
  const value = lookUp(name);
  const isAbsent = value === undefined || (operator.startsWith(':') && value === '');
  if (operator.endsWith('+'))
    return isAbsent ? { text: '', missing: [] } : expandVariables(word, lookUp, isBare);
  if (!isAbsent) return { text: value, missing: [] };
  if (operator.endsWith('-')) return expandVariables(word, lookUp, isBare);
  return { text: '', missing: [{ name, message: operator.endsWith('?') && word !== '' ? word : undefined }] };
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === '{') depth++;
    else if (text[index] === '}' && --depth === 0) return index;
  }
  return -1;
}

/** `.env` as compose reads it: `NAME=value`, `export`, comments, single and double quotes. Bad lines are passed over. */
export function parseDotEnv(text: string): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*)$/.exec(line);
    if (match) result[match[1] ?? ''] = dotEnvValue(match[2] ?? '');
  }
  return result;
}

function dotEnvValue(raw: string): string {
  const single = /^'([^']*)'/.exec(raw);
  if (single) return single[1] ?? '';
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(raw);
  if (double) return (double[1] ?? '').replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
  return raw.replace(/(?:^|\s)#.*$/, '').trim();
}
