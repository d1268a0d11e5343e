import type { JsonSchema, Reading, Shape } from './shape.ts';
import { closest } from './suggest.ts';
import type { At, MapTree, Tree, TreeEntry } from './yamlTree.ts';

/** A key of an object: what it holds, what it means (shown on hover), and whether it must be there. */
export interface Field<T> {
  readonly shape: Shape<T>;
  readonly doc: string;
  readonly isRequired: boolean;
}

export interface OptionalField<T> extends Field<T> {
  readonly isRequired: false;
}

export interface RequiredField<T> extends Field<T> {
  readonly isRequired: true;
}

export type Fields = Readonly<Record<string, OptionalField<unknown> | RequiredField<unknown>>>;

export type FieldValues<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends RequiredField<infer T>
    ? T
    : F[K] extends OptionalField<infer T>
      ? T | undefined
      : never;
};

export function optional<T>(shape: Shape<T>, doc: string): OptionalField<T> {
  return { shape, doc, isRequired: false };
}

export function required<T>(shape: Shape<T>, doc: string): RequiredField<T> {
  return { shape, doc, isRequired: true };
}

export interface Located<T> {
  readonly value: T;
  readonly at: At;
}

/** A list; a single item without brackets counts as a list of one. Broken items are reported and left out. */
export function listOf<T>(items: Shape<T>): Shape<readonly Located<T>[]> {
  return {
    wanted: `a list (each item ${items.wanted})`,
    schema: { oneOf: [{ type: 'array', items: items.schema }, items.schema] },
    read: (tree, reading) => {
      const trees = tree.kind === 'list' ? tree.items : [tree];
      return trees.flatMap(item => {
        const value = items.read(item, reading);
        return value === undefined ? [] : [{ value, at: item.at }];
      });
    },
  };
}

export interface NamedValue<T> extends Located<T> {
  readonly name: string;
}

/** A mapping with names of the writer's choice. */
export function mapOf<T>(values: Shape<T>, names = 'a name'): Shape<readonly NamedValue<T>[]> {
  const wanted = `a mapping from ${names} to ${values.wanted}`;
  return {
    wanted,
    schema: { type: 'object', additionalProperties: values.schema },
    read: (tree, reading) => {
      if (tree.kind !== 'map') return reading.mismatch(tree, wanted);
      return tree.entries.flatMap(entry => {
        const value = values.read(entry.value, reading);
        return value === undefined ? [] : [{ name: entry.key, value, at: entry.keyAt }];
      });
    },
  };
}

/** A mapping with known keys; unknown ones are problems, except `x-…`, which are the writer's own. */
export function objectOf<F extends Fields>(fields: F, wanted = 'a mapping'): Shape<FieldValues<F>> {
  return {
    wanted,
    schema: objectSchema(fields),
    read: (tree, reading) =>
      tree.kind === 'map' ? readFields(fields, tree, reading) : reading.mismatch(tree, wanted),
  };
}

export function objectSchema(fields: Fields): JsonSchema {
  const names = Object.keys(fields).filter(name => fields[name]?.isRequired);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, { shape, doc }]) => [name, { description: doc, ...shape.schema }]),
    ),
    patternProperties: { '^x-': {} },
    additionalProperties: false,
    ...(names.length > 0 ? { required: names } : {}),
  };
}

/** The values of all fields, or undefined when a required one is missing or broken. */
export function readFields<F extends Fields>(
  fields: F,
  tree: MapTree,
  reading: Reading,
): FieldValues<F> | undefined {
  reportUnknownKeys(Object.keys(fields), tree, reading);
  const values: Record<string, unknown> = {};
  let isWhole = true;
  for (const [name, field] of Object.entries(fields)) {
    const entry = tree.entries.find(candidate => candidate.key === name);
    if (entry && !isEmpty(entry)) values[name] = field.shape.read(entry.value, reading);
    else if (field.isRequired)
      reading.report(entry?.keyAt ?? tree.at, 'required', `"${name}" is needed here: ${field.shape.wanted}.`);
    if (field.isRequired && values[name] === undefined) isWhole = false;
  }
  // Built key by key from the same table that gives the type.
  return isWhole ? (values as FieldValues<F>) : undefined;
}

function isEmpty(entry: TreeEntry): boolean {
  return entry.value.kind === 'scalar' && entry.value.value === undefined;
}

function reportUnknownKeys(known: readonly string[], tree: MapTree, reading: Reading): void {
  for (const { key, keyAt } of tree.entries) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const near = closest(key, known);
    const hint = near === undefined ? `expected one of ${known.join(', ')}` : `did you mean "${near}"?`;
    reading.report(keyAt, 'unknown-key', `Unknown key "${key}": ${hint}${near === undefined ? '.' : ''}`);
  }
}

/** One of several shapes, told apart by what the tree looks like. */
export function either<A, B>(
  first: Shape<A>,
  second: Shape<B>,
  isFirst: (tree: Tree) => boolean,
): Shape<A | B> {
  return {
    wanted: `${first.wanted} or ${second.wanted}`,
    schema: { oneOf: [first.schema, second.schema] },
    read: (tree, reading) => (isFirst(tree) ? first.read(tree, reading) : second.read(tree, reading)),
  };
}
