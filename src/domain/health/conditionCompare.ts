import { fail, ok, type Result } from '../../base/result.ts';
import type { CompareOperator, Duration } from './conditionSyntax.ts';
import { findsPattern } from './pattern.ts';

/** `null` of JSON may be `null` or `undefined` here; what is absent never gets this far. */
export type ConditionValue = unknown;

/** Values of different types do not compare: a wrong type is an error, never false and never true. */
export function compareValues(
  operator: CompareOperator,
  left: ConditionValue,
  right: readonly ConditionValue[],
): Result<boolean> {
  const [first, second] = right;
  if (operator === 'contains') return containsValue(left, first);
  if (operator === 'matches') return matchesPattern(left, first);
  if (operator === 'in') return isOneOf(left, right);
  if (operator === 'range') {
    const low = order(left, first);
    const high = order(left, second);
    if (!low.ok) return low;
    return high.ok ? ok(low.value >= 0 && high.value <= 0) : high;
  }
  if (operator === '==' || operator === '!=') {
    const equal = isEqual(left, first);
    return equal.ok ? ok(equal.value === (operator === '==')) : equal;
  }
  const ordered = order(left, first);
  if (!ordered.ok) return ordered;
  if (operator === '<') return ok(ordered.value < 0);
  if (operator === '<=') return ok(ordered.value <= 0);
  return ok(operator === '>' ? ordered.value > 0 : ordered.value >= 0);
}

export function isDuration(value: ConditionValue): value is Duration {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'ms';
}

/** How a value is shown to people, cut at 60 characters. */
export function showValue(value: ConditionValue): string {
  if (value === undefined || value === null) return 'null';
  if (isDuration(value)) return `${Math.round(value.ms)} ms`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function typeName(value: ConditionValue): string {
  if (value === undefined || value === null) return 'null';
  if (isDuration(value)) return 'a duration';
  if (Array.isArray(value)) return 'a list';
  const names: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false' };
  return names[typeof value] ?? 'an object';
}

function mismatch(left: ConditionValue, right: ConditionValue): Result<never> {
  const hint = isDuration(left) && typeof right === 'number' ? `; write ${right}ms or ${right}s` : '';
  return fail(`${showValue(left)} is ${typeName(left)}, ${showValue(right)} is ${typeName(right)}${hint}`);
}

function isEqual(left: ConditionValue, right: ConditionValue): Result<boolean> {
  const isNull = (value: ConditionValue) => value === undefined || value === null;
  if (isNull(left) || isNull(right)) return ok(isNull(left) && isNull(right));
  if (isDuration(left) && isDuration(right)) return ok(left.ms === right.ms);
  if (typeof left !== typeof right || typeof left === 'object') return mismatch(left, right);
  return ok(left === right);
}

function order(left: ConditionValue, right: ConditionValue): Result<number> {
  if (typeof left === 'number' && typeof right === 'number') return ok(left - right);
  if (isDuration(left) && isDuration(right)) return ok(left.ms - right.ms);
  if (typeof left === 'string' && typeof right === 'string')
    return ok(left < right ? -1 : left > right ? 1 : 0);
  return mismatch(left, right);
}

function isOneOf(left: ConditionValue, right: readonly ConditionValue[]): Result<boolean> {
  for (const candidate of right) {
    const equal = isEqual(left, candidate);
    if (!equal.ok || equal.value) return equal;
  }
  return ok(false);
}

function containsValue(left: ConditionValue, right: ConditionValue): Result<boolean> {
  if (typeof left === 'string' && typeof right === 'string') return ok(left.includes(right));
  if (Array.isArray(left)) return ok(left.some(item => item === right));
  return mismatch(left, right);
}

function matchesPattern(left: ConditionValue, right: ConditionValue): Result<boolean> {
  if (typeof left !== 'string' || typeof right !== 'string') return mismatch(left, right);
  return findsPattern(right, left);
}
