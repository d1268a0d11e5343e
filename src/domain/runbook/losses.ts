import { parse } from 'unbash';
import { wordsOf } from './risk/walk.ts';
import { innerCommand } from './risk/wrappers.ts';
import { maskHoles } from './shell/holes.ts';
import { visitNodes } from './shell/syntax.ts';

/** What has to be asked, and where, to say what a command will take with it. */
export type LossQuery =
  | {
      readonly kind: 'compose';
      readonly project: string | undefined;
      /** Folder of the compose file as written; undefined for where the command runs. */
      readonly folder: string | undefined;
      /** Empty for all. */
      readonly services: readonly string[];
      readonly isStoppedOnly: boolean;
      readonly hasVolumes: boolean;
    }
  | { readonly kind: 'containers'; readonly names: readonly string[] }
  | { readonly kind: 'volumes'; readonly names: readonly string[] }
  | { readonly kind: 'prune'; readonly hasContainers: boolean; readonly hasVolumes: boolean }
  | RedisLossQuery
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface RedisLossQuery {
  readonly kind: 'redis';
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly password: string | undefined;
  /** Undefined for all databases. */
  readonly database: number | undefined;
  /** The container it is asked in, if any: its own `localhost` is not ours. */
  readonly container: string | undefined;
}

/** The questions to ask before the command runs; none when nothing that can be asked for is lost. */
export function lossQueries(command: string): readonly LossQuery[] {
  const found: LossQuery[] = [];
  visitNodes(parse(maskHoles(command)), node => {
    if (node.type === 'Command') found.push(...ofWords(wordsOf(node), undefined));
  });
  return found;
}

function ofWords(words: readonly string[], container: string | undefined): readonly LossQuery[] {
  const [name = '', ...args] = words;
  const program = name.replace(/^.*\//, '');
  if (program === 'docker-compose' || program === 'podman-compose') return composeLoss(args);
  if ((program === 'docker' || program === 'podman') && container === undefined) {
    const direct = dockerLoss(args);
    if (direct.length > 0) return direct;
  }
  if (program === 'redis-cli') return redisLoss(args, container);
  if (program === 'rm') return fileLoss(args, container);
  const inner = innerCommand(program, args);
  if (inner === undefined) return [];
  const nested = inner.words ? [inner.words] : commandsIn(inner.text ?? '');
  const place = placeOf(program, args) ?? container;
  const losses = nested.flatMap(one => ofWords(one, place));
  if (!/^(?:ssh|tsh|kubectl|oc|k|ansible|knife|gcloud)$/.test(program) || losses.length === 0) return losses;
  return [{ kind: 'unknown', reason: 'it runs on another machine' }];
}

function commandsIn(text: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  visitNodes(parse(text), node => {
    if (node.type === 'Command') found.push(wordsOf(node));
  });
  return found;
}

/** `docker exec -it NAME …`, `docker-compose exec SERVICE …` */
function placeOf(program: string, args: readonly string[]): string | undefined {
  if (!/^(?:docker|podman|docker-compose|podman-compose)$/.test(program)) return undefined;
  const rest = args.slice(args.findIndex(word => word === 'exec' || word === 'run') + 1);
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    if (/^(?:-u|--user|-e|--env|-w|--workdir)$/.test(word)) i++;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}

function composeLoss(args: readonly string[]): readonly LossQuery[] {
  const options = new Map<string, string>();
  let at = 0;
  for (; at < args.length && args[at]?.startsWith('-'); at++) {
    const [name = '', value] = (args[at] ?? '').split('=', 2);
    if (!/^(?:-f|--file|-p|--project-name|--project-directory|--env-file|--profile)$/.test(name)) continue;
    if (!options.has(name)) options.set(name, value ?? args[at + 1] ?? '');
    if (value === undefined) at++;
  }
  const [verb, ...rest] = args.slice(at);
  if (verb === 'exec' || verb === 'run') return ofInner(rest, args);
  if (verb !== 'down' && verb !== 'rm') return [];
  const file = options.get('-f') ?? options.get('--file');
  const fileFolder = file?.includes('/') ? file.replace(/\/[^/]*$/, '') : undefined;
  return [
    {
      kind: 'compose',
      project: options.get('-p') ?? options.get('--project-name'),
      folder: options.get('--project-directory') ?? fileFolder,
      services: rest.filter(
        (word, i) => !word.startsWith('-') && !/^(?:-t|--timeout|--rmi)$/.test(rest[i - 1] ?? ''),
      ),
      isStoppedOnly: verb === 'rm' && !rest.some(word => /^(?:-\w*s\w*|--stop)$/.test(word)),
      hasVolumes: rest.some(word => /^(?:-\w*v\w*|--volumes)$/.test(word)),
    },
  ];
}

function ofInner(rest: readonly string[], args: readonly string[]): readonly LossQuery[] {
  const container = placeOf('docker-compose', args);
  const at = rest.indexOf(container ?? '');
  return container === undefined || at < 0 ? [] : ofWords(rest.slice(at + 1), container);
}

function dockerLoss(args: readonly string[]): readonly LossQuery[] {
  const at = args.findIndex(
    (word, i) => !word.startsWith('-') && !/^(?:-H|--host|-c|--context)$/.test(args[i - 1] ?? ''),
  );
  const [first = '', second = '', ...rest] = args.slice(Math.max(0, at));
  if (first === 'compose') return composeLoss([second, ...rest].filter(word => word !== ''));
  const isGroup = /^(?:container|volume|system)$/.test(first);
  const verb = isGroup ? second : first;
  const names = (isGroup ? rest : [second, ...rest]).filter(word => word !== '' && !word.startsWith('-'));
  const hasVolumes = rest.includes('--volumes');
  if (first === 'system') return verb === 'prune' ? [{ kind: 'prune', hasContainers: true, hasVolumes }] : [];
  if (first === 'volume') {
    if (verb === 'rm') return [{ kind: 'volumes', names }];
    return verb === 'prune' ? [{ kind: 'prune', hasContainers: false, hasVolumes: true }] : [];
  }
  if (first === 'container' && verb === 'prune')
    return [{ kind: 'prune', hasContainers: true, hasVolumes: false }];
  return verb === 'rm' ? [{ kind: 'containers', names }] : [];
}

function redisLoss(args: readonly string[], container: string | undefined): readonly LossQuery[] {
  const verb = args.find(word => /^flush(?:all|db)$/i.test(word));
  if (verb === undefined) return [];
  const after = (...names: readonly string[]) => {
    const i = args.findIndex(word => names.includes(word));
    return i < 0 ? undefined : args[i + 1];
  };
  const url = /^redis(?:s)?:\/\/(?:[^@/]*@)?([^:/]+)(?::(\d+))?/.exec(after('-u') ?? '');
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return [
    {
      kind: 'redis',
      host: url?.[1] ?? after('-h', '--host'),
      port: number(url?.[2] ?? after('-p', '--port')),
      password: after('-a', '--pass'),
      database: /db$/i.test(verb) ? (number(after('-n')) ?? 0) : undefined,
      container,
    },
  ];
}

function fileLoss(args: readonly string[], container: string | undefined): readonly LossQuery[] {
  const paths = args.filter(word => !word.startsWith('-'));
  if (paths.length === 0) return [];
  if (container !== undefined) return [{ kind: 'unknown', reason: `the files are inside ${container}` }];
  if (paths.some(path => /[$`]/.test(path)))
    return [{ kind: 'unknown', reason: 'the path depends on a variable' }];
  return [{ kind: 'files', paths }];
}
