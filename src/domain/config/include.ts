import { childOf, type FileProblem, parseYaml, type Tree, toProblem } from './yamlTree.ts';

export interface ConfigFile {
  readonly file: string;
  readonly root: Tree;
}

export interface LoadedFiles {
  readonly files: readonly ConfigFile[];
  readonly problems: readonly FileProblem[];
}

/** Files that a text includes, as paths relative to the workspace, so that a caller can read them. */
export function includedFiles(text: string, file: string): readonly string[] {
  const { root } = parseYaml(text, file);
  return root === undefined ? [] : includesOf(root, file).map(include => include.path);
}

/** Compose files that a text names itself, whatever they are called. */
export function namedComposeFiles(text: string, file: string): readonly string[] {
  const named = childOf(childOf(parseYaml(text, file).root, 'discovery'), 'composeFiles');
  const items = named?.kind === 'list' ? named.items : [];
  return items.flatMap(item => (item.kind === 'scalar' ? item.text.replace(/^\.\//, '') : []));
}

/** The main file and all that it includes, each once; texts that were not supplied are problems. */
export function loadFiles(text: string, file: string, texts: Readonly<Record<string, string>>): LoadedFiles {
  const files: ConfigFile[] = [];
  const problems: FileProblem[] = [];
  const seen = new Set([file]);
  const load = (ownText: string, ownFile: string) => {
    const parsed = parseYaml(ownText, ownFile);
    problems.push(...parsed.problems);
    if (parsed.root === undefined) return;
    files.push({ file: ownFile, root: parsed.root });
    for (const include of includesOf(parsed.root, ownFile)) {
      if (seen.has(include.path)) continue;
      seen.add(include.path);
      const included = texts[include.path];
      if (included !== undefined) load(included, include.path);
      else problems.push(toProblem(include.at, 'include', `The file ${include.path} cannot be read.`));
    }
  };
  load(text, file);
  return { files, problems };
}

function includesOf(root: Tree, file: string) {
  const include = childOf(root, 'include');
  const items = include?.kind === 'list' ? include.items : include ? [include] : [];
  return items.flatMap(item =>
    item.kind === 'scalar' && item.text !== '' ? [{ path: resolvePath(file, item.text), at: item.at }] : [],
  );
}

/** A path written in `file`, relative to the workspace; `..` is resolved. */
export function resolvePath(file: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
