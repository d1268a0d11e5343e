import { baseOf, mergeTrees, withoutExtends } from './composeMerge.ts';
import type { ComposeService } from './composeModel.ts';
import { readPorts } from './composePorts.ts';
import { resolvePath } from './include.ts';
import { expandVariables, type LookUp } from './variables.ts';
import {
  childOf,
  type FileProblem,
  type MapTree,
  parseYaml,
  type Tree,
  toLink,
  toProblem,
} from './yamlTree.ts';

export interface ComposeText {
  readonly file: string;
  readonly text: string;
}

export interface ComposeOptions {
  /** Process environment over `.env`, as compose looks names up. */
  readonly lookUp: LookUp;
  /** Name of the folder of the first file, from which compose makes the project's name. */
  readonly folderName: string;
  /** Files that `extends` may name, by path. */
  readonly others?: Readonly<Record<string, string>>;
}

export interface ComposeProject {
  readonly name: string;
  readonly services: readonly ComposeService[];
  readonly problems: readonly FileProblem[];
  readonly files: readonly string[];
}

/** Reads compose files that belong together, later ones over earlier ones. Never throws on any text. */
export function readCompose(texts: readonly ComposeText[], options: ComposeOptions): ComposeProject {
  const reader = new ComposeReader(options);
  const roots = texts.flatMap(text => reader.parse(text));
  const root = roots.reduce<MapTree | undefined>(
    (all, next) => (all ? mergeTrees(all, next) : next),
    undefined,
  );
  const name = reader.projectName(root);
  const services = childOf(root, 'services');
  return {
    name,
    services:
      services?.kind === 'map' ? services.entries.map(entry => reader.service(name, entry.key, entry)) : [],
    problems: reader.problems,
    files: texts.map(text => text.file),
  };
}

/** A chain of services that extend each other is short, or it is made to take long. */
const maxExtends = 20;

class ComposeReader {
  readonly problems: FileProblem[] = [];
  private readonly services = new WeakMap<MapTree, ReadonlyMap<string, Tree>>();
  private readonly roots = new Map<string, MapTree | undefined>();
  private readonly options: ComposeOptions;

  constructor(options: ComposeOptions) {
    this.options = options;
  }

  /** The file as a mapping with every `extends` filled in. */
  parse({ file, text }: ComposeText): MapTree[] {
    const { root, problems } = parseYaml(text, file);
    for (const problem of problems) this.problems.push(problem);
    if (root === undefined) return [];
    if (root.kind !== 'map') {
      this.problems.push(toProblem(root.at, 'compose', 'A compose file is a mapping with the key services.'));
      return [];
    }
    const include = childOf(root, 'include');
    if (include !== undefined)
      this.problems.push(
        toProblem(
          include.at,
          'compose-include',
          'Services of included compose files are not discovered.',
          'info',
        ),
      );
    return [this.extended(root)];
  }

  projectName(root: MapTree | undefined): string {
    const named = this.text(childOf(root, 'name')) || this.options.lookUp('COMPOSE_PROJECT_NAME');
    // As compose does it: lower case, and nothing but letters, digits, dashes and underscores.
    return (named || this.options.folderName).toLowerCase().replace(/[^a-z0-9_-]/g, '') || 'default';
  }

  service(
    project: string,
    name: string,
    entry: { readonly keyAt: Tree['at']; readonly value: Tree },
  ): ComposeService {
    const tree = entry.value;
    const at = (key: string) => childOf(tree, key);
    return {
      name,
      project,
      containerName: this.text(at('container_name')) || undefined,
      image: this.text(at('image')) || undefined,
      dependsOn: namesOf(at('depends_on')),
      ports: readPorts(at('ports'), item => this.text(item)),
      healthcheck: this.healthcheck(at('healthcheck')),
      environment: this.environment(at('environment')),
      envFiles: this.envFiles(at('env_file')),
      command: this.words(at('command')).join(' '),
      profiles: this.words(at('profiles')),
      isHostNetwork: this.text(at('network_mode')) === 'host',
      source: toLink(entry.keyAt),
    };
  }

  private text(tree: Tree | undefined): string | undefined {
    if (tree?.kind !== 'scalar' || tree.value === undefined) return undefined;
    // A name without a value is empty for compose too, with a warning of its own.
    return expandVariables(tree.text, this.options.lookUp, true).text;
  }

  private words(tree: Tree | undefined): string[] {
    const items = tree?.kind === 'list' ? tree.items : tree ? [tree] : [];
    return items.flatMap(item => this.text(item) ?? []);
  }

  private healthcheck(tree: Tree | undefined): ComposeService['healthcheck'] {
    const test = childOf(tree, 'test');
    if (test === undefined || this.text(childOf(tree, 'disable')) === 'true') return undefined;
    const [first = '', ...rest] = this.words(test);
    if (first === 'NONE') return undefined;
    const command = test.kind === 'list' && /^CMD(?:-SHELL)?$/.test(first) ? rest : [first, ...rest];
    return { command: command.join(' '), source: toLink(test.at) };
  }

  private environment(tree: Tree | undefined): Readonly<Record<string, string>> {
    if (tree?.kind === 'map')
      return Object.fromEntries(tree.entries.map(entry => [entry.key, this.text(entry.value) ?? '']));
    const pairs = this.words(tree).map(line => /^([^=]+)=?([\s\S]*)$/.exec(line));
    return Object.fromEntries(pairs.flatMap(pair => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
  }

  private envFiles(tree: Tree | undefined): string[] {
    const items = tree?.kind === 'list' ? tree.items : tree ? [tree] : [];
    return items.flatMap(item => this.text(item.kind === 'map' ? childOf(item, 'path') : item) ?? []);
  }

  private extended(root: MapTree): MapTree {
    const services = childOf(root, 'services');
    if (services?.kind !== 'map') return root;
    const filled: MapTree = {
      ...services,
      entries: services.entries.map(entry => ({ ...entry, value: this.fill(entry.value, root, []) })),
    };
    return {
      ...root,
      entries: root.entries.map(entry => (entry.key === 'services' ? { ...entry, value: filled } : entry)),
    };
  }

  private fill(service: Tree, root: MapTree, trail: readonly string[]): Tree {
    const base = baseOf(service);
    if (base === undefined || service.kind !== 'map') return service;
    const file = base.file === undefined ? root.at.file : resolvePath(root.at.file, base.file);
    const key = `${file}#${base.service}`;
    const other = base.file === undefined ? root : this.other(file);
    const found = this.servicesOf(other).get(base.service);
    const isEndless = trail.includes(key) || trail.length > maxExtends;
    if (found?.kind !== 'map' || other === undefined || isEndless) {
      const message = `"${base.service}" in ${file} cannot be extended here: it was not found, or extends itself.`;
      this.problems.push(toProblem(base.at, 'compose-extends', message, 'info'));
      return withoutExtends(service);
    }
    const parent = this.fill(found, other, [...trail, key]);
    return parent.kind === 'map' ? mergeTrees(parent, withoutExtends(service)) : service;
  }

  private servicesOf(root: MapTree | undefined): ReadonlyMap<string, Tree> {
    const known = root && this.services.get(root);
    if (known) return known;
    const tree = childOf(root, 'services');
    const services = new Map(
      tree?.kind === 'map' ? tree.entries.map(entry => [entry.key, entry.value] as const) : [],
    );
    if (root) this.services.set(root, services);
    return services;
  }

  private other(file: string): MapTree | undefined {
    if (!this.roots.has(file)) {
      const text = this.options.others?.[file];
      const root = text === undefined ? undefined : parseYaml(text, file).root;
      this.roots.set(file, root?.kind === 'map' ? root : undefined);
    }
    return this.roots.get(file);
  }
}

/** Both syntaxes of `depends_on`. */
function namesOf(tree: Tree | undefined): string[] {
  if (tree?.kind === 'map') return tree.entries.map(entry => entry.key);
  return tree?.kind === 'list' ? tree.items.flatMap(item => (item.kind === 'scalar' ? item.text : [])) : [];
}
