import { type At, childOf, type MapTree, type Tree, type TreeEntry } from './yamlTree.ts';

/** Lists that compose adds up instead of replacing. */
const additive = new Set([
  'ports',
  'env_file',
  'volumes',
  'expose',
  'dns',
  'tmpfs',
  'depends_on',
  'profiles',
]);

/** One mapping laid over another as compose does it: mappings merge, some lists add up, all else is replaced. */
export function mergeTrees(under: MapTree, over: MapTree): MapTree {
  const entries: TreeEntry[] = under.entries.map(entry => {
    const newer = over.entries.find(candidate => candidate.key === entry.key);
    return newer === undefined ? entry : { ...entry, value: mergeValue(entry.key, entry.value, newer.value) };
  });
  const known = new Set(under.entries.map(entry => entry.key));
  return { ...over, entries: [...entries, ...over.entries.filter(entry => !known.has(entry.key))] };
}

function mergeValue(key: string, under: Tree, over: Tree): Tree {
  if (under.kind === 'map' && over.kind === 'map') return mergeTrees(under, over);
  if (under.kind === 'list' && over.kind === 'list' && additive.has(key))
    return { ...over, items: [...under.items, ...over.items.filter(item => !under.items.some(same(item)))] };
  return over;
}

function same(item: Tree): (other: Tree) => boolean {
  return other => other.kind === 'scalar' && item.kind === 'scalar' && other.text === item.text;
}

/** What a service extends: a service of the same or another file. */
export function baseOf(
  service: Tree,
): { readonly service: string; readonly file: string | undefined; readonly at: At } | undefined {
  const tree = childOf(service, 'extends');
  if (tree?.kind === 'scalar' && tree.text !== '')
    return { service: tree.text, file: undefined, at: tree.at };
  const name = childOf(tree, 'service');
  const file = childOf(tree, 'file');
  if (tree === undefined || name?.kind !== 'scalar') return undefined;
  return { service: name.text, file: file?.kind === 'scalar' ? file.text : undefined, at: tree.at };
}

export function withoutExtends(service: MapTree): MapTree {
  return { ...service, entries: service.entries.filter(entry => entry.key !== 'extends') };
}
