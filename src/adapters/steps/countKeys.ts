import type { RedisPlace } from '../../ports.ts';

/** How many keys a flush would take: of one database, or of all that hold any. */
export async function countKeys(
  { host, port, username, password }: RedisPlace,
  database: number | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { Redis } = await import('ioredis');
  const client = new Redis({
    host,
    port,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { db: database }),
    protocol: 2,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
  });
  let cause: unknown;
  client.on('error', error => {
    cause ??= error;
  });
  const end = () => client.disconnect();
  signal.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    if (database !== undefined) return await client.dbsize();
    return sumOf(await client.info('keyspace'));
  } catch (error) {
    throw cause ?? error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

function sumOf(keyspace: string): number {
  return [...keyspace.matchAll(/^db\d+:keys=(\d+)/gm)].reduce((sum, [, keys]) => sum + Number(keys), 0);
}
