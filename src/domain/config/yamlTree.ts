import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem, SourceLink } from '../../base/source.ts';

/** Where a piece of YAML stands: 1-based line, 0-based columns on that line. */
export interface At extends SourceLink {
  readonly startColumn: number;
  readonly endColumn: number;
}

/** A problem and the file in which it stands, since a configuration may be spread over several. */
export interface FileProblem extends Problem {
  readonly file: string;
}

export interface ScalarTree {
  readonly kind: 'scalar';
  /** `undefined` for an empty value. */
  readonly value: string | number | boolean | undefined;
  /** As written, so that `"08"`, `1e3` and `1.10` survive where text is wanted. */
  readonly text: string;
  readonly at: At;
}

export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: At;
}

export interface TreeEntry {
  readonly key: string;
  readonly keyAt: At;
  readonly value: Tree;
}

export interface MapTree {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
  readonly at: At;
}

/** YAML as the readers see it: every node knows its place; aliases and `<<` are resolved. */
export type Tree = ScalarTree | ListTree | MapTree;

export interface ParsedYaml {
  /** `undefined` when the text is empty or is not YAML. */
  readonly root: Tree | undefined;
  readonly problems: readonly FileProblem[];
}

/** Deep or huge documents come from alias bombs, not from people. */
const maxDepth = 60;
const maxNodes = 100_000;

/** Nobody reads more mistakes of one file. */
const maxProblems = 200;

export function parseYaml(text: string, file: string): ParsedYaml {
  const counter = new LineCounter();
  // The library compares each key with all before it, which takes seconds for a few thousand: see `entries`.
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  const place = new Places(text, file, counter);
  const problems = firstPerLine(
    document.errors.map(error => toProblem(place.of(error.pos[0], error.pos[1]), 'yaml', error.message)),
  );
  if (problems.length > 0 || document.contents === null) return { root: undefined, problems };
  try {
    const builder = new TreeBuilder(place);
    const root = builder.build(document.contents);
    const repeated = firstPerLine(
      builder.repeatedKeys.map(at => toProblem(at, 'yaml', 'Map keys must be unique')),
    );
    return { root: repeated.length > 0 ? undefined : root, problems: repeated };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { root: undefined, problems: [toProblem(place.of(0, 1), 'yaml', error.message)] };
  }
}

/** What follows the first mistake on a line is mostly its echo. */
function firstPerLine(problems: readonly FileProblem[]): readonly FileProblem[] {
  const seen = new Set<number>();
  return problems.filter(({ line }) => !seen.has(line) && seen.add(line).size <= maxProblems);
}

export function toProblem(
  at: At,
  code: string,
  message: string,
  severity: Problem['severity'] = 'error',
): FileProblem {
  const { file, line, startColumn, endColumn } = at;
  return { file, code, severity, message, line, startColumn, endColumn };
}

export function toLink(at: At): SourceLink {
  return { file: at.file, line: at.line };
}

/** The value under a key of a map, or undefined. */
export function childOf(tree: Tree | undefined, key: string): Tree | undefined {
  if (tree?.kind !== 'map') return undefined;
  return tree.entries.find(entry => entry.key === key)?.value;
}

class Places {
  private readonly text: string;
  private readonly file: string;
  private readonly counter: LineCounter;

  constructor(text: string, file: string, counter: LineCounter) {
    this.text = text;
    this.file = file;
    this.counter = counter;
  }

  /** A range over several lines is cut at the end of its first: that is where the mark is drawn. */
  of(start: number, end: number): At {
    const from = Math.min(start, this.text.length);
    const { line, col } = this.counter.linePos(from);
    const newline = this.text.indexOf('\n', from);
    const lineEnd = newline < 0 ? this.text.length : newline;
    const until = Math.max(from, Math.min(end, lineEnd));
    const startColumn = Math.max(0, col - 1);
    return {
      file: this.file,
      line: Math.max(1, line),
      startColumn,
      endColumn: startColumn + Math.max(1, until - from),
    };
  }
}

class TreeBuilder {
  private readonly places: Places;
  private readonly anchors = new Map<string, Node>();
  readonly repeatedKeys: At[] = [];
  private built = 0;

  constructor(places: Places) {
    this.places = places;
  }

  build(node: Node | null | undefined, fallback?: At, depth = 0): Tree {
    this.built++;
    if (depth > maxDepth || this.built > maxNodes)
      throw new RangeError('The file is nested too deeply or repeats itself through aliases.');
    const at = this.at(node, fallback);
    if (isAlias(node)) return { ...this.build(this.anchors.get(node.source), at, depth + 1), at };
    // Built in the order of the text, so that an alias means the last anchor before it, as YAML has it.
    if (node?.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isMap<Node, Node | null>(node)) return { kind: 'map', entries: this.entries(node.items, depth), at };
    if (isSeq<Node>(node))
      return { kind: 'list', items: node.items.map(item => this.build(item, at, depth + 1)), at };
    return scalar(node, at);
  }

  private entries(
    pairs: readonly { readonly key: Node; readonly value: Node | null }[],
    depth: number,
  ): TreeEntry[] {
    const own: TreeEntry[] = [];
    const names = new Set<string>();
    const merged: TreeEntry[] = [];
    for (const { key, value } of pairs) {
      const keyAt = this.at(key, undefined);
      const name = isScalar(key) ? String(key.source ?? key.value) : String(key);
      const tree = this.build(value, keyAt, depth + 1);
      if (name !== '<<') {
        if (names.has(name)) this.repeatedKeys.push(keyAt);
        names.add(name);
        own.push({ key: name, keyAt, value: tree });
      } else
        for (const source of tree.kind === 'list' ? tree.items : [tree]) merged.push(...entriesOf(source));
    }
    for (const entry of merged) {
      if (!names.has(entry.key)) own.push(entry);
      names.add(entry.key);
    }
    return own;
  }

  private at(node: Node | null | undefined, fallback: At | undefined): At {
    const range = node?.range;
    if (!range) return fallback ?? this.places.of(0, 1);
    // An empty value has an empty range somewhere after the colon: its key is the better place.
    if (range[0] === range[1] && fallback) return fallback;
    return this.places.of(range[0], range[1]);
  }
}

function entriesOf(tree: Tree): readonly TreeEntry[] {
  return tree.kind === 'map' ? tree.entries : [];
}

function scalar(node: unknown, at: At): ScalarTree {
  const value: unknown = isScalar(node) ? node.value : undefined;
  const source = isScalar(node) ? node.source : undefined;
  if (typeof value === 'string') return { kind: 'scalar', value, text: value, at };
  if (typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'scalar', value, text: source ?? String(value), at };
  return { kind: 'scalar', value: undefined, text: '', at };
}
