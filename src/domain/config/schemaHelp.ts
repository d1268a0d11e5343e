import type { JsonSchema } from './shape.ts';
import { configJsonSchema } from './table.ts';

/** A key or word that may stand at a place, with what it means. */
export interface SchemaHelp {
  readonly label: string;
  readonly detail: string | undefined;
  readonly kind: 'key' | 'value';
}

/**
 * What may be typed at a place of `watchkeeper.yaml`. Goes by indentation alone, because a text that is being typed is
 * rarely valid YAML. Lines and columns are 0-based.
 */
export function completionsAt(text: string, line: number, column: number): readonly SchemaHelp[] {
  const lines = text.split('\n');
  const before = (lines[line] ?? '').slice(0, column);
  const value = /^\s*(?:-\s+)?([\w-]+):\s+\S*$/.exec(before);
  const parents = parentsOf(lines, line, before);
  if (value) return schemasAt([...parents, value[1] ?? '']).flatMap(wordsOf);
  if (!/^\s*(?:-\s+)*[\w-]*$/.test(before)) return [];
  return unique(schemasAt(parents).flatMap(keysOf));
}

/** What the key under the place means, or undefined where there is none. */
export function hoverAt(text: string, line: number, column: number): SchemaHelp | undefined {
  const lines = text.split('\n');
  const match = /^(\s*(?:-\s+)*)([\w-]+):/.exec(lines[line] ?? '');
  const [, indent = '', key = ''] = match ?? [];
  if (!match || column < indent.length || column > indent.length + key.length) return undefined;
  const parents = parentsOf(lines, line, indent);
  return schemasAt(parents)
    .flatMap(keysOf)
    .find(help => help.label === key && help.detail !== undefined);
}

/** Keys that the line stands under, outermost first. */
function parentsOf(lines: readonly string[], line: number, before: string): string[] {
  const path: string[] = [];
  let indent = keyColumn(before);
  for (let index = line - 1; index >= 0 && indent > 0; index--) {
    const text = lines[index] ?? '';
    const match = /^(\s*(?:-\s+)*)([^\s#:][^#]*?):(?:\s|$)/.exec(text);
    if (!match || keyColumn(match[1] ?? '') >= indent) continue;
    indent = keyColumn(match[1] ?? '');
    path.unshift((match[2] ?? '').replace(/^["']|["']$/g, ''));
  }
  return path;
}

/** Dashes of list items count as indentation: the keys behind them stand side by side. */
function keyColumn(text: string): number {
  return /^\s*(?:-\s+)*/.exec(text)?.[0].length ?? 0;
}

function schemasAt(path: readonly string[]): readonly JsonSchema[] {
  let schemas: readonly JsonSchema[] = branches(configJsonSchema());
  for (const key of path) schemas = schemas.flatMap(schema => below(schema, key)).flatMap(branches);
  return schemas;
}

function below(schema: JsonSchema, key: string): JsonSchema[] {
  const properties = schema['properties'];
  if (isSchema(properties)) {
    const found = properties[key];
    return isSchema(found) ? [found] : [];
  }
  const rest = schema['additionalProperties'];
  return isSchema(rest) ? [rest] : [];
}

/** A list's items and the alternatives of a `oneOf` stand at the same place. */
function branches(schema: JsonSchema): JsonSchema[] {
  const alternatives = schema['oneOf'];
  if (Array.isArray(alternatives)) return alternatives.filter(isSchema).flatMap(branches);
  const items = schema['items'];
  return isSchema(items) ? branches(items) : [schema];
}

function keysOf(schema: JsonSchema): SchemaHelp[] {
  const properties = schema['properties'];
  if (!isSchema(properties)) return [];
  return Object.entries(properties).map(([label, property]) => {
    const detail = isSchema(property) ? property['description'] : undefined;
    return { label, detail: typeof detail === 'string' ? detail : undefined, kind: 'key' };
  });
}

function wordsOf(schema: JsonSchema): SchemaHelp[] {
  const listed =
    schema['enum'] ?? schema['examples'] ?? (schema['type'] === 'boolean' ? ['true', 'false'] : []);
  return Array.isArray(listed)
    ? listed.map(word => ({ label: String(word), detail: undefined, kind: 'value' }))
    : [];
}

function unique(all: readonly SchemaHelp[]): readonly SchemaHelp[] {
  return all.filter((help, index) => all.findIndex(other => other.label === help.label) === index);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
