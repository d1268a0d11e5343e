import { expandVariables, type LookUp } from './variables.ts';
import { type At, type FileProblem, type ScalarTree, type Tree, toProblem } from './yamlTree.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/**
 * What may stand at one place of the file. The reader, the TypeScript type and the JSON Schema all come from it,
 * so they cannot drift apart.
 */
export interface Shape<T> {
  /** Finishes the sentence "expected …". */
  readonly wanted: string;
  readonly schema: JsonSchema;
  /** Reports what is wrong and returns undefined when nothing can be made of it. */
  read(tree: Tree, reading: Reading): T | undefined;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

/** One pass over one or more files: what is known from outside, and the problems found so far. */
export class Reading {
  readonly lookUp: LookUp;
  readonly problems: FileProblem[] = [];

  constructor(lookUp: LookUp) {
    this.lookUp = lookUp;
  }

  report(at: At, code: string, message: string): undefined {
    this.problems.push(toProblem(at, code, message));
    return undefined;
  }

  warn(at: At, code: string, message: string): void {
    this.problems.push(toProblem(at, code, message, 'warning'));
  }

  mismatch(tree: Tree, wanted: string): undefined {
    return this.report(tree.at, 'type', `Expected ${wanted}, found ${describe(tree)}.`);
  }

  /** The text of a scalar with its variables filled in. */
  text(tree: ScalarTree): string | undefined {
    const { text, missing } = expandVariables(tree.text, this.lookUp);
    for (const { name, message } of missing) {
      const why = message ?? `set it in the environment or in .env, or give a default: \${${name}:-value}`;
      this.report(tree.at, 'variable', `The variable ${name} has no value: ${why}.`);
    }
    return missing.length > 0 ? undefined : text;
  }
}

export function describe(tree: Tree): string {
  if (tree.kind === 'map') return 'a mapping';
  if (tree.kind === 'list') return 'a list';
  if (tree.value === undefined) return 'nothing';
  if (typeof tree.value === 'string') return `"${shorten(tree.text)}"`;
  return `${typeof tree.value === 'number' ? 'the number' : 'the switch'} ${tree.text}`;
}

function shorten(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
