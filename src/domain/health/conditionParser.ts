import { fail, ok, type Result } from '../../base/result.ts';
import {
  type CompareOperator,
  ConditionMistake,
  type ConditionNode,
  conditionRoots,
  type PathStep,
  TokenCursor,
} from './conditionSyntax.ts';
import { type ConditionError, conditionTokens } from './conditionTokens.ts';

/**
 * Reads a condition: comparisons (`==` `!=` `<` `<=` `>` `>=`, `in 200..299`, `in [1, 2]`, `contains`, `matches`)
 * of paths (`json.db["pool-size"]`), `len()`, `has()`, texts, numbers and durations (`500ms`), joined by `&&`, `||`,
 * `!` (or `and`, `or`, `not`).
 */
export function parseCondition(text: string): Result<ConditionNode, ConditionError> {
  const tokens = conditionTokens(text);
  if (!tokens.ok) return tokens;
  const cursor = new TokenCursor(tokens.value);
  try {
    if (cursor.isAtEnd()) throw new ConditionMistake(0, 'the condition is empty');
    const node = parseOr(cursor);
    if (!cursor.isAtEnd())
      throw new ConditionMistake(cursor.token.at, `the condition should end ${cursor.where()}`);
    return ok(node);
  } catch (error) {
    if (error instanceof ConditionMistake) return fail(error.toConditionError());
    throw error;
  }
}

function parseOr(cursor: TokenCursor): ConditionNode {
  let left = parseAnd(cursor);
  for (let sign = cursor.takeIf('||', 'or'); sign !== undefined; sign = cursor.takeIf('||', 'or'))
    left = { kind: 'logic', operator: 'or', at: sign.at, left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: TokenCursor): ConditionNode {
  let left = parseNot(cursor);
  for (let sign = cursor.takeIf('&&', 'and'); sign !== undefined; sign = cursor.takeIf('&&', 'and'))
    left = { kind: 'logic', operator: 'and', at: sign.at, left, right: parseNot(cursor) };
  return left;
}

function parseNot(cursor: TokenCursor): ConditionNode {
  const sign = cursor.takeIf('!', 'not');
  return sign === undefined
    ? parseComparison(cursor)
    : { kind: 'not', at: sign.at, operand: parseNot(cursor) };
}

const comparisons: readonly CompareOperator[] = ['==', '!=', '<=', '>=', '<', '>', 'contains', 'matches'];

function parseComparison(cursor: TokenCursor): ConditionNode {
  if (cursor.takeIf('(') !== undefined) {
    const inner = parseOr(cursor);
    cursor.expect(')');
    return inner;
  }
  const left = parseOperand(cursor);
  const { at } = cursor.token;
  if (cursor.takeIf('in') !== undefined) return { at, kind: 'compare', left, ...parseSet(cursor) };
  const operator = comparisons.find(candidate => cursor.takeIf(candidate) !== undefined);
  if (operator === undefined) return left;
  return { kind: 'compare', at, operator, left, right: [parseOperand(cursor)] };
}

function parseSet(cursor: TokenCursor): {
  readonly operator: 'in' | 'range';
  readonly right: readonly ConditionNode[];
} {
  if (cursor.takeIf('[') === undefined) {
    const from = parseOperand(cursor);
    cursor.expect('..');
    return { operator: 'range', right: [from, parseOperand(cursor)] };
  }
  const right = [parseOperand(cursor)];
  while (cursor.takeIf(',') !== undefined) right.push(parseOperand(cursor));
  cursor.expect(']');
  return { operator: 'in', right };
}

function parseOperand(cursor: TokenCursor): ConditionNode {
  const minus = cursor.takeIf('-');
  const token = cursor.take();
  const sign = minus === undefined ? 1 : -1;
  if (token.kind === 'number') {
    const value = sign * token.value;
    const text = `${minus === undefined ? '' : '-'}${token.text}`;
    return { kind: 'literal', at: token.at, text, value: token.isDuration ? { ms: value } : value };
  }
  if (minus !== undefined) throw new ConditionMistake(token.at, 'a number was expected after "-"');
  if (token.kind === 'string')
    return { kind: 'literal', at: token.at, value: token.text, text: JSON.stringify(token.text) };
  if (token.kind === 'word') return parseWord(cursor, token.text, token.at);
  const where = token.kind === 'end' ? 'at the end' : `instead of "${token.text}"`;
  throw new ConditionMistake(token.at, `a value was expected ${where}`);
}

function parseWord(cursor: TokenCursor, word: string, at: number): ConditionNode {
  if (word === 'true' || word === 'false') return { kind: 'literal', at, value: word === 'true', text: word };
  if (word === 'null') return { kind: 'literal', at, value: undefined, text: word };
  if (word === 'has' || word === 'len') {
    cursor.expect('(');
    const argument = parseOperand(cursor);
    cursor.expect(')');
    if (argument.kind !== 'path')
      throw new ConditionMistake(argument.at, `${word}() wants a path such as json.items`);
    return { kind: 'call', at, name: word, argument, text: `${word}(${argument.text})` };
  }
  if (!conditionRoots.some(root => root === word))
    throw new ConditionMistake(
      at,
      `"${word}" is not known; use ${conditionRoots.join(', ')} (texts need quotes)`,
    );
  return parsePath(cursor, word, at);
}

function parsePath(cursor: TokenCursor, root: string, at: number): ConditionNode {
  const steps: PathStep[] = [root];
  let text = root;
  for (let step = parseStep(cursor); step !== undefined; step = parseStep(cursor)) {
    steps.push(step);
    text += typeof step === 'string' && /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  }
  return { kind: 'path', at, steps, text };
}

function parseStep(cursor: TokenCursor): PathStep | undefined {
  if (cursor.takeIf('.') !== undefined) {
    const name = cursor.take();
    if (name.kind !== 'word') throw new ConditionMistake(name.at, 'a name was expected after "."');
    return name.text;
  }
  if (cursor.takeIf('[') === undefined) return undefined;
  const index = cursor.take();
  if (index.kind !== 'string' && index.kind !== 'number')
    throw new ConditionMistake(index.at, 'a number or a quoted name was expected in [ ]');
  cursor.expect(']');
  return index.kind === 'number' ? index.value : index.text;
}
