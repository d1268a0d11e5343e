import type { ComposePort } from './composeModel.ts';
import { childOf, type Tree, toLink } from './yamlTree.ts';

type Scalars = (tree: Tree | undefined) => string | undefined;

/** Every syntax of the `ports` list: short text with ranges and addresses, numbers, and the long mapping. */
export function readPorts(tree: Tree | undefined, textOf: Scalars): ComposePort[] {
  if (tree?.kind !== 'list') return [];
  return tree.items.flatMap(item =>
    item.kind === 'map' ? longPort(item, textOf) : shortPort(textOf(item) ?? '', item),
  );
}

function longPort(tree: Tree, textOf: Scalars): ComposePort[] {
  const target = Number(textOf(childOf(tree, 'target')));
  if (!Number.isInteger(target)) return [];
  const published = textOf(childOf(tree, 'published'));
  return expand({
    address: textOf(childOf(tree, 'host_ip')) ?? '',
    published: published ?? '',
    target: String(target),
    protocol: textOf(childOf(tree, 'protocol')) ?? 'tcp',
    tree,
  });
}

function shortPort(text: string, tree: Tree): ComposePort[] {
  const [, address = '', published = '', target = '', protocol = 'tcp'] =
    /^(?:(?:(\[[^\]]+\]|[^:[\]]+):)?([\d-]*):)?([\d-]+)(?:\/(tcp|udp))?$/.exec(text) ?? [];
  return target === '' ? [] : expand({ address, published, target, protocol, tree });
}

interface PortText {
  readonly address: string;
  readonly published: string;
  readonly target: string;
  readonly protocol: string;
  readonly tree: Tree;
}

function expand({ address, published, target, protocol, tree }: PortText): ComposePort[] {
  const targets = range(target);
  const hostPorts = published === '' ? [] : range(published);
  return targets.map((port, index) => ({
    host: reachable(address),
    published: hostPorts[index],
    target: port,
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    source: toLink(tree.at),
  }));
}

function range(text: string): number[] {
  const [first = Number.NaN, last = first] = text.split('-').map(Number);
  if (!(first > 0) || !(last >= first) || last > 65_535 || last - first > 100) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** An address to listen on as one to connect to: "any" means this machine. */
function reachable(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '');
  return ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(bare) ? 'localhost' : bare;
}
