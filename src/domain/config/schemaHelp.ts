import type { JsonSchema } from './shape.ts';
import { configJsonSchema } from './table.ts';

/** A key or word that may stand at a place, with what it means. */
export interface SchemaHelp {
  readonly label: string;
  readonly detail: string | undefined;
  readonly kind: 'key' | 'value';
  /** What is written behind a key. */
  readonly holds?: 'mapping' | 'list' | 'value';
}

/** What a list names that is known elsewhere. */
export type ReferenceKind = 'service' | 'runbook';

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
  const taken = siblingsOf(lines, line, before);
  const schemas = schemasAt(parents);
  // A probe that has said what it is offers the keys of its kind alone.
  const fitting = schemas.filter(schema => [...taken].every(key => below(schema, key).length > 0));
  const keys = (fitting.length > 0 ? fitting : schemas).flatMap(keysOf);
  return unique(keys).filter(({ label }) => !taken.has(label));
}

const references: Readonly<Record<string, ReferenceKind>> = {
  dependsOn: 'service',
  hide: 'service',
  runbooks: 'runbook',
};

/** Whether an item of a list is being typed that names something that is known: `dependsOn: [re`. */
export function referenceAt(text: string, line: number, column: number): ReferenceKind | undefined {
  const lines = text.split('\n');
  const before = (lines[line] ?? '').slice(0, column);
  const flow = /^\s*(?:-\s+)*([\w-]+):\s+(?:\[[^\]]*)?[\w./-]*$/.exec(before)?.[1];
  if (flow !== undefined) return references[flow];
  if (!/^\s*-\s+[\w./-]*$/.test(before)) return undefined;
  return references[parentsOf(lines, line, before).at(-1) ?? ''];
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

/** Keys that stand beside the place already, in the same mapping. */
function siblingsOf(lines: readonly string[], line: number, before: string): ReadonlySet<string> {
  const indent = keyColumn(before);
  const found = new Set<string>();
  const look = (from: number, step: number) => {
    for (let index = from; index >= 0 && index < lines.length; index += step) {
      const text = lines[index] ?? '';
      if (/^\s*(?:#.*)?$/.test(text)) continue;
      const column = keyColumn(text);
      const isItem = /^\s*-/.test(text);
      if (column < indent || (isItem && column === indent && step > 0)) return;
      const key = column === indent ? /^\s*(?:-\s+)*([\w-]+):/.exec(text)?.[1] : undefined;
      if (key !== undefined) found.add(key);
      if (isItem && column === indent) return;
    }
  };
  if (!/^\s*-/.test(before)) look(line - 1, -1);
  look(line + 1, 1);
  return found;
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
    return {
      label,
      detail: typeof detail === 'string' ? detail : undefined,
      kind: 'key',
      holds: isSchema(property) ? holdsOf(property) : 'value',
    };
  });
}

function holdsOf(schema: JsonSchema): 'mapping' | 'list' | 'value' {
  const alternatives = schema['oneOf'];
  const types = (Array.isArray(alternatives) ? alternatives.filter(isSchema) : [schema]).map(
    one => one['type'],
  );
  if (types.every(type => type === 'object')) return 'mapping';
  return types.includes('array') ? 'list' : 'value';
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
