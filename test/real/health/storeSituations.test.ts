import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import { withDeadline } from '../../../src/app/health/deadline.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { PostgresProbeSpec, RedisProbeSpec } from '../../../src/domain/health/model.ts';
import { findProgram } from '../../../tools/lib/systemParts.ts';
import { type PostgresPart, startPostgres } from '../../parts/postgres.ts';
import { type RedisPart, startRedis } from '../../parts/redis.ts';
import { until } from './parts/engine.ts';
import { newAdapters, secrets, situations, target } from './parts/situation.ts';

const execFileAsync = promisify(execFile);
let adapters: Adapters;
const redis: Record<string, RedisPart> = {};
const postgres: Record<string, PostgresPart> = {};

before(
  async () => {
    adapters = newAdapters();
    secrets.set('RIGHT', 'sesame');
    secrets.set('WRONG', 'other');
    // By default a master waits 5 s for more replicas before it feeds the first.
    redis['plain'] = await startRedis({ args: ['--repl-diskless-sync-delay', '0'] });
    redis['locked'] = await startRedis({ password: 'sesame' });
    redis['small'] = await startRedis({ args: ['--maxmemory', '2mb', '--maxmemory-policy', 'noeviction'] });
    redis['crowded'] = await startRedis({ args: ['--maxclients', '1'] });
    redis['replica'] = await startRedis({ args: ['--replicaof', '127.0.0.1', String(redis['plain'].port)] });
    redis['orphan'] = await startRedis({ args: ['--replicaof', '127.0.0.1', '1'] });
    redis['frozen'] = await startRedis();
    process.kill(redis['frozen'].pid, 'SIGSTOP');
    postgres['plain'] = await startPostgres();
    postgres['locked'] = await startPostgres({ password: 'sesame' });
    postgres['full'] = await startPostgres({
      settings: ['max_connections=2', 'superuser_reserved_connections=0', 'max_wal_senders=0'],
    });
  },
  { timeout: 120_000 },
);

after(async () => {
  adapters?.dispose();
  const { frozen } = redis;
  if (frozen !== undefined) process.kill(frozen.pid, 'SIGCONT');
  for (const part of [...Object.values(redis), ...Object.values(postgres)]) await part.stop();
});

async function replicationOf(name: string): Promise<string> {
  const args = ['-p', String(redis[name]?.port), 'info', 'replication'];
  return (await execFileAsync('redis-cli', args)).stdout;
}

const store =
  (name: string, more: Partial<RedisProbeSpec> = {}) =>
  (): RedisProbeSpec => ({ kind: 'redis', host: '127.0.0.1', port: redis[name]?.port ?? 0, ...more });
const database =
  (name: string, more: Partial<PostgresProbeSpec> = {}) =>
  (): PostgresProbeSpec => ({
    kind: 'postgres',
    host: '127.0.0.1',
    port: postgres[name]?.port ?? 0,
    ...more,
  });

situations(
  () => adapters,
  [
    {
      name: 'redis: well, with its memory and hit rate',
      spec: store('plain'),
      verdict: 'up',
      seen: /^PONG$/,
      also: ({ facts }) => {
        assert.match(facts?.['used memory'] ?? '', /^[\d.]+ MB$/);
        assert.equal(facts?.['max memory'], 'no limit');
        assert.equal(facts?.['role'], 'master');
      },
    },
    {
      name: 'redis: by its unix socket',
      spec: () => ({ kind: 'redis', host: '', port: 0, path: redis['plain']?.socketPath ?? '' }),
      verdict: 'up',
      seen: /^PONG$/,
    },
    {
      name: 'redis: password wanted',
      spec: store('locked'),
      verdict: 'degraded',
      seen: /^up, credentials needed$/,
    },
    {
      name: 'redis: right password',
      spec: store('locked', { passwordSecret: 'RIGHT' }),
      verdict: 'up',
      seen: /^PONG$/,
    },
    {
      name: 'redis: wrong password',
      spec: store('locked', { passwordSecret: 'WRONG' }),
      verdict: 'degraded',
      seen: /^up, credentials refused$/,
    },
    {
      name: 'redis: password that is not set here',
      spec: store('locked', { passwordSecret: 'secret:NOT_SET' }),
      verdict: 'unknown',
      seen: /the secret "NOT_SET" is not set/,
    },
    {
      name: 'redis: stopped process that still has its port',
      spec: store('frozen'),
      verdict: 'down',
      seen: /within 500 ms/,
      timeoutMs: 500,
    },
    {
      name: 'redis: replica',
      spec: async () => {
        await until(async () =>
          (await replicationOf('replica')).includes('link_status:up') ? true : undefined,
        );
        return store('replica')();
      },
      verdict: 'up',
      seen: /^PONG \(replica\)$/,
    },
    {
      name: 'redis: replica that lost its master',
      spec: store('orphan'),
      verdict: 'degraded',
      seen: /link to its master is down/,
    },
    {
      name: 'redis: memory above the limit that was set for it',
      spec: store('small', { warnMemoryPercent: 10 }),
      verdict: 'degraded',
      seen: /^memory \d+ %$/,
    },
    {
      name: 'redis: too many connections',
      spec: async () => {
        await new Promise<void>(resolve => {
          const socket = net.connect(redis['crowded']?.port ?? 0, '127.0.0.1', () => resolve());
          socket.unref();
          socket.on('error', () => {});
        });
        return store('crowded')();
      },
      verdict: 'down',
      seen: /^too many connections$|closed by the other side/,
    },
    {
      name: 'redis: TLS wanted of a plain one',
      spec: store('plain', { tls: true }),
      verdict: 'down',
      seen: /TLS|closed|within 1 s/,
    },
    { name: 'postgres: well', spec: database('plain'), verdict: 'up', seen: /^accepting connections$/ },
    {
      name: 'postgres: password wanted is accepting',
      spec: database('locked'),
      verdict: 'up',
      seen: /^accepting connections$/,
    },
    {
      name: 'postgres: unknown database and user are accepting',
      spec: database('plain', { user: 'nobody-here', database: 'nothing-here' }),
      verdict: 'up',
      seen: /^accepting connections$/,
    },
    {
      name: 'postgres: by its unix socket',
      spec: () => ({
        kind: 'postgres',
        host: postgres['plain']?.socketFolder ?? '',
        port: postgres['plain']?.port ?? 0,
      }),
      verdict: 'up',
      seen: /^accepting connections$/,
    },
    {
      name: 'postgres: no socket there',
      spec: { kind: 'postgres', host: '/nowhere', port: 5432 },
      verdict: 'down',
      seen: /^no such socket$/,
    },
    {
      name: 'postgres: refused',
      spec: { kind: 'postgres', host: '127.0.0.1', port: 1 },
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'postgres: all connections taken',
      spec: async () => {
        const { full } = postgres;
        assert.ok(full !== undefined);
        for (let i = 0; i < 2; i++)
          execFile(findProgram('psql') ?? 'psql', [
            ...['-h', full.socketFolder, '-p', String(full.port), '-U', full.user, '-d', full.database],
            ...['-c', 'select pg_sleep(8)'],
          ]);
        await new Promise(resolve => setTimeout(resolve, 700));
        return database('full', { user: full.user, database: full.database })();
      },
      verdict: 'degraded',
      seen: /all are taken/,
    },
    {
      name: 'postgres: stopped process that still has its port',
      spec: () => {
        process.kill(postgres['locked']?.pid ?? 0, 'SIGSTOP');
        return database('locked')();
      },
      verdict: 'down',
      seen: /^connected, but no answer within 500 ms$/,
      timeoutMs: 500,
      also: () => process.kill(postgres['locked']?.pid ?? 0, 'SIGCONT'),
    },
  ],
);

test('postgres: the same verdicts as pg_isready', { timeout: 120_000 }, async () => {
  const probe = adapters.probe('postgres');
  assert.ok(probe !== undefined);
  const plain = postgres['plain']?.port ?? 0;
  for (const [port, user] of [
    [plain, 'postgres'],
    [plain, 'nobody'],
    [postgres['locked']?.port ?? 0, 'postgres'],
    [postgres['full']?.port ?? 0, 'postgres'],
    [redis['plain']?.port ?? 0, 'x'],
    [1, 'x'],
  ] as const) {
    const spec = { kind: 'postgres', host: '127.0.0.1', port, user } as const;
    const { verdict } = await withDeadline(probe, target(spec, 2_000), systemClock);
    const exitCode = await execFileAsync(findProgram('pg_isready') ?? 'pg_isready', [
      ...['-h', '127.0.0.1', '-p', String(port), '-U', user, '-t', '2'],
    ]).then(
      () => 0,
      error => Number(error.code),
    );
    assert.equal(
      verdict === 'down',
      exitCode !== 0,
      `port ${port} as ${user}: ${verdict}, pg_isready ${exitCode}`,
    );
  }
});

test('redis: one connection is kept between checks, and a server that comes back is seen', {
  timeout: 120_000,
}, async () => {
  const probe = adapters.probe('redis');
  assert.ok(probe !== undefined);
  const part = await startRedis();
  const spec = { kind: 'redis', host: '127.0.0.1', port: part.port } as const;
  const check = () => withDeadline(probe, target(spec, 1_000, 'kept'), systemClock);
  for (let i = 0; i < 5; i++) assert.equal((await check()).verdict, 'up');
  const { facts } = await check();
  assert.equal(facts?.['clients'], '1');
  process.kill(part.pid, 'SIGKILL');
  await refused(part.port);
  assert.equal((await check()).verdict, 'down');
  assert.equal((await check()).seen, 'connection refused');
  const again = await startRedis({ port: part.port });
  assert.equal((await check()).verdict, 'up');
  await part.stop();
  await again.stop();
});

/** Until nobody listens there any more. */
async function refused(port: number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const isOpen = await new Promise<boolean>(resolve => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
    });
    if (!isOpen) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
