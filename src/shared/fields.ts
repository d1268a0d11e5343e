/** Decides whether one field of an arriving message is what its type says. */
export type FieldCheck<T> = (value: unknown) => value is T;

/**
 * One check per field of every message of the union: a message or field that is added without its check does not
 * compile. Optional fields need a check too (see `optional`).
 */
export type MessageTable<M extends { readonly type: string }> = {
  readonly [K in M['type']]: {
    readonly [F in Exclude<keyof Extract<M, { type: K }>, 'type'>]-?: FieldCheck<Extract<M, { type: K }>[F]>;
  };
};

/** One handler per message of the union. */
export type Handlers<M extends { readonly type: string }> = {
  readonly [K in M['type']]: (message: Extract<M, { type: K }>) => void | Promise<void>;
};

export const isText: FieldCheck<string> = value => typeof value === 'string';
export const isNumber: FieldCheck<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isBoolean: FieldCheck<boolean> = value => typeof value === 'boolean';
export const isTextList: FieldCheck<readonly string[]> = (value): value is readonly string[] =>
  Array.isArray(value) && value.every(isText);

export function optional<T>(check: FieldCheck<T>): FieldCheck<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function oneOf<T extends string>(values: readonly T[]): FieldCheck<T> {
  const known: readonly string[] = values;
  return (value): value is T => typeof value === 'string' && known.includes(value);
}

/**
 * The message with its known fields only, or undefined when its type is not in the table or a field is not what it
 * should be. Own properties only, so that `toString` is no message.
 */
export function parseMessage<M extends { readonly type: string }>(
  table: MessageTable<M>,
  value: unknown,
): M | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(table, type)) return undefined;
  const checks: Readonly<Record<string, FieldCheck<unknown>>> = table[type as M['type']];
  const parsed: Record<string, unknown> = { type };
  for (const [name, check] of Object.entries(checks)) {
    const field: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    if (!check(field)) return undefined;
    if (field !== undefined) parsed[name] = field;
  }
  return parsed as M;
}
