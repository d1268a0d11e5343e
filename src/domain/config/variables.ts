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
  return expand(text, { lookUp, isBare, depth: 0 });
}

/** Defaults within defaults; nobody writes more, and a stack has an end. */
const maxDepth = 20;

function expand(text: string, scope: Scope): Expanded {
  const missing: MissingVariable[] = [];
  const braces = closingBraces(text);
  let result = '';
  let index = 0;
  while (index < text.length) {
    const dollar = text.indexOf('$', index);
    if (dollar < 0) break;
    result += text.slice(index, dollar);
    const taken = takeVariable(text, dollar, braces, scope);
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
  readonly depth: number;
}

interface Taken extends Expanded {
  readonly end: number;
}

function takeVariable(
  text: string,
  dollar: number,
  braces: ReadonlyMap<number, number>,
  scope: Scope,
): Taken {
  const { lookUp, isBare } = scope;
  const literal = (value: string): Taken => ({ text: value, missing: [], end: dollar + value.length });
  if (text[dollar + 1] === '$') return { text: '$', missing: [], end: dollar + 2 };
  const bare = isBare ? nameAt(text, dollar + 1) : undefined;
  if (bare !== undefined) {
    const value = lookUp(bare);
    const missing = value === undefined ? [{ name: bare, message: undefined }] : [];
    return { text: value ?? '', missing, end: dollar + 1 + bare.length };
  }
  if (text[dollar + 1] !== '{') return literal('$');
  const close = braces.get(dollar + 1);
  if (close === undefined || scope.depth > maxDepth) return literal('$');
  const parts = /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/.exec(text.slice(dollar + 2, close));
  if (parts === null) return literal('$');
  const [, name = '', operator = '', word = ''] = parts;
  return { ...apply({ name, operator, word }, { ...scope, depth: scope.depth + 1 }), end: close + 1 };
}

function apply(reference: Reference, scope: Scope): Expanded {
  const { name, operator, word } = reference;
  const value = scope.lookUp(name);
  const isAbsent = value === undefined || (operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return isAbsent ? { text: '', missing: [] } : expand(word, scope);
  if (!isAbsent) return { text: value, missing: [] };
  if (operator.endsWith('-')) return expand(word, scope);
  return { text: '', missing: [{ name, message: operator.endsWith('?') && word !== '' ? word : undefined }] };
}

function nameAt(text: string, start: number): string | undefined {
  const name = /[A-Za-z_]\w*/y;
  name.lastIndex = start;
  return name.exec(text)?.[0];
}

/** Offsets of opening braces → of those that close them, found in one pass: braces may be many and open. */
function closingBraces(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    const start = brace === '}' ? open.pop() : undefined;
    if (brace === '{') open.push(index);
    else if (start !== undefined) pairs.set(start, index);
  }
  return pairs;
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
