import { fail, ok, type Result } from '../../base/result.ts';

/** A mistake in a condition's text; `at` is the 0-based offset where it was noticed. */
export interface ConditionError {
  readonly at: number;
  readonly message: string;
}

export interface ConditionToken {
  readonly kind: 'number' | 'string' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
  /** For `number`: its value, durations in ms. For others 0. */
  readonly value: number;
  readonly isDuration: boolean;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const signs = ['==', '!=', '<=', '>=', '&&', '||', '..', '<', '>', '!', '(', ')', '[', ']', ',', '.', '-'];

export function conditionTokens(text: string): Result<readonly ConditionToken[], ConditionError> {
  const tokens: ConditionToken[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = /^\s+/.exec(text.slice(at))?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const next = nextToken(text, at);
    if (!next.ok) return next;
    tokens.push(next.value.token);
    at = next.value.end;
  }
  return ok([...tokens, { kind: 'end', text: '', at: text.length, value: 0, isDuration: false }]);
}

type Found = Result<{ readonly token: ConditionToken; readonly end: number }, ConditionError>;

function nextToken(text: string, at: number): Found {
  const rest = text.slice(at);
  const plain = { at, value: 0, isDuration: false } as const;
  const number = /^\d+(?:\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return numberToken(rest, at, number);
  if (rest[0] === '"' || rest[0] === "'") return stringToken(rest, at);
  const word = /^[A-Za-z_][\w$]*(?:-[A-Za-z_][\w$]*)*/.exec(rest)?.[0];
  if (word !== undefined) return ok({ token: { kind: 'word', text: word, ...plain }, end: at + word.length });
  const sign = signs.find(candidate => rest.startsWith(candidate));
  if (sign !== undefined) return ok({ token: { kind: 'sign', text: sign, ...plain }, end: at + sign.length });
  if (rest[0] === '=') return fail({ at, message: 'write == to compare' });
  return fail({ at, message: `"${rest[0]}" has no meaning here` });
}

function numberToken(rest: string, at: number, digits: string): Found {
  const unit = /^[A-Za-z]+/.exec(rest.slice(digits.length))?.[0] ?? '';
  const factor = unit === '' ? 1 : unitMs[unit];
  if (factor === undefined)
    return fail({ at: at + digits.length, message: `"${unit}" is no unit; use ms, s, m, h or d` });
  const text = digits + unit;
  const token = {
    kind: 'number',
    text,
    at,
    value: Number(digits) * factor,
    isDuration: unit !== '',
  } as const;
  return ok({ token, end: at + text.length });
}

function stringToken(rest: string, at: number): Found {
  const quote = rest[0];
  let value = '';
  for (let i = 1; i < rest.length; i++) {
    if (rest[i] === quote)
      return ok({ token: { kind: 'string', text: value, at, value: 0, isDuration: false }, end: at + i + 1 });
    // Only a quote and the backslash itself are escaped: `\d` in a pattern stays as it is.
    const isEscape = rest[i] === '\\' && (rest[i + 1] === quote || rest[i + 1] === '\\');
    if (isEscape) i++;
    value += rest[i];
  }
  return fail({ at, message: 'this text has no closing quote' });
}
