import { conditionUses } from '../health/condition.ts';
import { parseCondition } from '../health/conditionParser.ts';
import { findsPattern } from '../health/pattern.ts';
import type { Reading, Shape } from './shape.ts';
import { scalar } from './shapeScalars.ts';
import { closest } from './suggest.ts';
import type { At, ScalarTree } from './yamlTree.ts';

/** A condition of the small language of probes that may look at the given roots. */
export function condition(roots: readonly string[], example: string): Shape<string> {
  const wanted = `a condition such as ${example}`;
  const schema = { type: 'string', examples: [example] };
  return {
    wanted,
    schema,
    read: (tree, reading) => {
      const text = scalar(wanted, schema, value => value).read(tree, reading);
      if (text === undefined || tree.kind !== 'scalar') return undefined;
      return check(text, tree, roots, reading) ? text : undefined;
    },
  };
}

function check(text: string, tree: ScalarTree, roots: readonly string[], reading: Reading): boolean {
  const parsed = parseCondition(text);
  if (!parsed.ok) {
    const { at, message } = parsed.error;
    reading.report(placeWithin(tree, text, at), 'condition', `This condition cannot be read: ${message}.`);
    return false;
  }
  const unknown = [...conditionUses(parsed.value)].find(root => !roots.includes(root));
  if (unknown === undefined) return true;
  const near = closest(unknown, roots);
  const hint = near === undefined ? `expected one of ${roots.join(', ')}.` : `did you mean "${near}"?`;
  const place = placeWithin(tree, text, Math.max(0, text.indexOf(unknown)));
  reading.report(place, 'condition', `There is no "${unknown}" to look at: ${hint}`);
  return false;
}

/** The place of an offset within a scalar, where it stands on one line as written; else the whole scalar. */
function placeWithin({ text: written, at }: ScalarTree, text: string, offset: number): At {
  const extra = at.endColumn - at.startColumn - written.length;
  if (written !== text || (extra !== 0 && extra !== 2)) return at;
  const startColumn = Math.min(at.startColumn + extra / 2 + offset, at.endColumn - 1);
  return { ...at, startColumn };
}

/** A pattern in RE2's syntax, which no text can make slow. */
export const pattern: Shape<string> = scalar(
  'a regular expression (RE2: no look-around, no back references)',
  { type: 'string' },
  value => (findsPattern(value, '').ok ? value : undefined),
);
