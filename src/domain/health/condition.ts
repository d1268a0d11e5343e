import { fail, ok, type Result } from '../../base/result.ts';
import { type ConditionValue, compareValues, isDuration, showValue } from './conditionCompare.ts';
import type { ConditionNode, PathStep } from './conditionSyntax.ts';

/**
 * What a condition may look at: gives the value of a root (`status`, `json`, …), or why there is none (the body is
 * no JSON). `null` is a value.
 */
export type ConditionScope = (root: string) => Result<ConditionValue>;

/** `error` is never success: the condition could not be judged. `seen` shows the compared values. */
export interface ConditionResult {
  readonly result: 'true' | 'false' | 'error';
  readonly seen: string;
}

/** Judges a parsed condition. `&&` and `||` look at their right side only when the left does not decide. */
export function judgeCondition(node: ConditionNode, scope: ConditionScope): ConditionResult {
  if (node.kind === 'not') return negate(judgeCondition(node.operand, scope));
  if (node.kind === 'logic') {
    const left = judgeCondition(node.left, scope);
    if (left.result === 'error' || (left.result === 'true') === (node.operator === 'or')) return left;
    return judgeCondition(node.right, scope);
  }
  if (node.kind === 'compare') return judgeComparison(node, scope);
  const value = evaluate(node, scope);
  if (!value.ok) return { result: 'error', seen: value.error };
  if (typeof value.value !== 'boolean')
    return { result: 'error', seen: `${node.text} is ${showValue(value.value)}, not true or false` };
  return { result: value.value ? 'true' : 'false', seen: `${node.text} is ${value.value}` };
}

/** The roots that a condition looks at, so that a body is read or parsed only when needed. */
export function conditionUses(node: ConditionNode): ReadonlySet<string> {
  if (node.kind === 'path') return new Set([String(node.steps[0])]);
  if (node.kind === 'call') return conditionUses(node.argument);
  if (node.kind === 'not') return conditionUses(node.operand);
  if (node.kind === 'literal') return new Set();
  const right = node.kind === 'logic' ? [node.right] : node.right;
  return new Set([node.left, ...right].flatMap(child => [...conditionUses(child)]));
}

function negate(inner: ConditionResult): ConditionResult {
  if (inner.result === 'error') return inner;
  return { result: inner.result === 'true' ? 'false' : 'true', seen: inner.seen };
}

function judgeComparison(
  node: Extract<ConditionNode, { kind: 'compare' }>,
  scope: ConditionScope,
): ConditionResult {
  const left = evaluate(node.left, scope);
  if (!left.ok) return { result: 'error', seen: left.error };
  const right: ConditionValue[] = [];
  for (const operand of node.right) {
    const value = evaluate(operand, scope);
    if (!value.ok) return { result: 'error', seen: value.error };
    right.push(value.value);
  }
  const outcome = compareValues(node.operator, left.value, right);
  if (!outcome.ok) return { result: 'error', seen: `${nameOf(node.left)}: ${outcome.error}` };
  return { result: outcome.value ? 'true' : 'false', seen: shown(node.left, left.value) };
}

function shown(node: ConditionNode, value: ConditionValue): string {
  return node.kind === 'literal' ? node.text : `${nameOf(node)} is ${showValue(value)}`;
}

function nameOf(node: ConditionNode): string {
  return 'text' in node ? node.text : 'the value';
}

function evaluate(node: ConditionNode, scope: ConditionScope): Result<ConditionValue> {
  if (node.kind === 'literal') return ok(node.value);
  if (node.kind === 'path') return readPath(node.steps, scope, node.text);
  if (node.kind === 'call') return callFunction(node, scope);
  const inner = judgeCondition(node, scope);
  return inner.result === 'error' ? fail(inner.seen) : ok(inner.result === 'true');
}

function callFunction(
  node: Extract<ConditionNode, { kind: 'call' }>,
  scope: ConditionScope,
): Result<ConditionValue> {
  const { argument } = node;
  if (argument.kind !== 'path') return fail(`${node.text} wants a path`);
  // A body that is no JSON at all is an error even for has(): the question cannot be put.
  const base = scope(String(argument.steps[0]));
  if (!base.ok) return base;
  const value = readPath(argument.steps, scope, argument.text);
  if (node.name === 'has') return ok(value.ok);
  if (!value.ok) return value;
  if (typeof value.value === 'string' || Array.isArray(value.value)) return ok(value.value.length);
  if (typeof value.value === 'object' && value.value !== null) return ok(Object.keys(value.value).length);
  return fail(`${argument.text} is ${showValue(value.value)}, which has no length`);
}

function readPath(steps: readonly PathStep[], scope: ConditionScope, text: string): Result<ConditionValue> {
  const [root = '', ...rest] = steps;
  let value = scope(String(root));
  for (const step of rest) {
    if (!value.ok) return value;
    value = readStep(value.value, step, text);
  }
  return value;
}

function readStep(value: ConditionValue, step: PathStep, text: string): Result<ConditionValue> {
  if (Array.isArray(value) && typeof step === 'number')
    return step < value.length ? ok(value[step]) : fail(`${text} is absent`);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !isDuration(value);
  if (isObject && Object.hasOwn(value, step)) return ok((value as Record<string, unknown>)[String(step)]);
  return fail(`${text} is absent`);
}
