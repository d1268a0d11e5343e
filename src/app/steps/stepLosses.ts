import { errorText } from '../../base/errors.ts';
import type { LossQuery, RedisLossQuery } from '../../domain/runbook/losses.ts';
import type { ContainerEngine, ContainerSummary, LossLookups, RedisPlace } from '../../ports.ts';

/** What a command will take with it, as far as it could be found out. */
export type Loss =
  | { readonly kind: 'containers'; readonly names: readonly string[]; readonly project: string | undefined }
  | { readonly kind: 'volumes'; readonly names: readonly string[] }
  | { readonly kind: 'keys'; readonly count: number; readonly place: string }
  | {
      readonly kind: 'files';
      readonly count: number;
      readonly isMore: boolean;
      readonly paths: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface LossSources {
  readonly engine: () => Pick<ContainerEngine, 'list' | 'volumes'>;
  readonly lookups: () => LossLookups;
  /** A Redis that is known by the container it runs in. */
  readonly redisIn: (container: string) => RedisPlace | undefined;
  readonly cwd: string | undefined;
  /** `COMPOSE_PROJECT_NAME` of the shell that will run it. */
  readonly composeProject: string | undefined;
  readonly signal: AbortSignal;
}

/** Asks everything at once; what cannot be answered is an answer too. */
export async function findLosses(
  queries: readonly LossQuery[],
  sources: LossSources,
): Promise<readonly Loss[]> {
  const answers = await Promise.all(
    queries.map(query =>
      untilAborted(answer(query, sources), sources.signal).catch((error: unknown): readonly Loss[] => [
        { kind: 'unknown', reason: errorText(error) },
      ]),
    ),
  );
  return answers.flat();
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const give = () => reject(new Error('there was no answer in time'));
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { once: true });
    }),
  ]);
}

async function answer(query: LossQuery, sources: LossSources): Promise<readonly Loss[]> {
  const { signal } = sources;
  switch (query.kind) {
    case 'unknown':
      return [query];
    case 'containers':
      return [{ kind: 'containers', names: query.names, project: undefined }];
    case 'volumes':
      return [{ kind: 'volumes', names: query.names }];
    case 'compose':
      return composeLosses(query, sources);
    case 'prune':
      return pruneLosses(query, sources);
    case 'redis':
      return [await redisLoss(query, sources)];
    case 'files': {
      const found = await sources.lookups().countFiles(query.paths, sources.cwd, signal);
      return [{ kind: 'files', ...found, paths: query.paths }];
    }
  }
}

async function composeLosses(
  query: Extract<LossQuery, { kind: 'compose' }>,
  sources: LossSources,
): Promise<readonly Loss[]> {
  const engine = sources.engine();
  const all = await engine.list(sources.signal);
  const folder = resolve(sources.cwd ?? '', query.folder ?? '');
  const wanted = query.project ?? sources.composeProject;
  const inFolder = all.find(({ labels }) => labels['com.docker.compose.project.working_dir'] === folder);
  const project = wanted ?? projectOf(inFolder) ?? normalName(folder);
  const own = all.filter(
    container =>
      projectOf(container) === project &&
      (query.services.length === 0 ||
        query.services.includes(container.labels['com.docker.compose.service'] ?? '')) &&
      (!query.isStoppedOnly || container.state !== 'running'),
  );
  const containers: Loss = { kind: 'containers', names: own.map(({ name }) => name), project };
  if (!query.hasVolumes) return [containers];
  const volumes = await engine.volumes('all', sources.signal);
  const names = volumes.filter(({ labels }) => labels['com.docker.compose.project'] === project);
  return [containers, { kind: 'volumes', names: names.map(({ name }) => name) }];
}

async function pruneLosses(
  { hasContainers, hasVolumes }: Extract<LossQuery, { kind: 'prune' }>,
  { engine, signal }: LossSources,
): Promise<readonly Loss[]> {
  const losses: Loss[] = [];
  if (hasContainers) {
    const stopped = (await engine().list(signal)).filter(({ state }) =>
      /^(?:exited|created|dead)$/.test(state),
    );
    losses.push({ kind: 'containers', names: stopped.map(({ name }) => name), project: undefined });
  }
  if (hasVolumes) {
    const unused = await engine().volumes('unused', signal);
    losses.push({ kind: 'volumes', names: unused.map(({ name }) => name) });
  }
  return losses;
}

async function redisLoss(query: RedisLossQuery, sources: LossSources): Promise<Loss> {
  const { container, database } = query;
  const known = container === undefined ? undefined : sources.redisIn(container);
  if (container !== undefined && known === undefined)
    return { kind: 'unknown', reason: `the Redis inside ${container} is not known by an address from here` };
  const place = known ?? { host: query.host ?? 'localhost', port: query.port ?? 6379 };
  const login = query.password === undefined ? {} : { password: query.password };
  const count = await sources.lookups().countKeys({ ...place, ...login }, database, sources.signal);
  const name = `${place.host}:${place.port}${database === undefined ? '' : `/${database}`}`;
  return { kind: 'keys', count, place: name };
}

function projectOf(container: ContainerSummary | undefined): string | undefined {
  return container?.labels['com.docker.compose.project'];
}

/** What compose calls a project that was not named. */
function normalName(folder: string): string {
  const last = folder.split('/').filter(Boolean).at(-1) ?? '';
  return last.toLowerCase().replace(/[^a-z0-9_-]/g, '');
}

function resolve(from: string, to: string): string {
  const parts: string[] = [];
  for (const part of (to.startsWith('/') ? to : `${from}/${to}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
