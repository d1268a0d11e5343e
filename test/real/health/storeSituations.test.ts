import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import { withDeadline } from '../../../src/app/health/deadline.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { PostgresProbeSpec, RedisProbeSpec } from '../../../src/domain/health/model.ts';
import { startupPacket } from '../../../src/domain/health/postgresWire.ts';
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
    const plain = redis['plain'];
    const dump = await savedKeys(100_000);
    await Promise.all([
      keep(redis, 'locked', startRedis({ password: 'sesame' })),
      keep(redis, 'small', startRedis({ args: ['--maxmemory', '2mb', '--maxmemory-policy', 'noeviction'] })),
      keep(redis, 'crowded', startRedis({ args: ['--maxclients', '1'] })),
      keep(redis, 'replica', startRedis({ args: ['--replicaof', '127.0.0.1', String(plain.port)] })),
      keep(redis, 'orphan', startRedis({ args: ['--replicaof', '127.0.0.1', '1'] })),
      keep(redis, 'frozen', startRedis()),
      // So slow that it still loads when its turn comes.
      keep(redis, 'loading', startRedis({ dump, args: slowly })),
      keep(redis, 'guarded', startRedis({ args: ['--enable-protected-configs', 'yes'] })),
      keep(redis, 'busy', startRedis({ args: ['--lua-time-limit', '50'] })),
      keep(postgres, 'plain', startPostgres()),
      keep(postgres, 'locked', startPostgres({ password: 'sesame' })),
      keep(
        postgres,
        'full',
        startPostgres({
          settings: ['max_connections=2', 'superuser_reserved_connections=0', 'max_wal_senders=0'],
        }),
      ),
      keep(
        postgres,
        'starting',
        startPostgres({ isStandby: true, isEarly: true, settings: waitsForArchive }),
      ),
      keep(
        postgres,
        'standby',
        startPostgres({
          isStandby: true,
          // Not fewer than where the data comes from.
          settings: ['max_connections=100'],
        }),
      ),
      keep(postgres, 'leaving', startPostgres()),
    ]);
    process.kill(redis['frozen']?.pid ?? 0, 'SIGSTOP');
    await cli('guarded', 'acl', 'setuser', 'guest', 'on', '>sesame', '~*', '+auth', '+hello');
  },
  { timeout: 240_000 },
);

async function keep<T>(parts: Record<string, T>, name: string, starting: Promise<T>): Promise<void> {
  parts[name] = await starting;
}

const taken: net.Socket[] = [];

/** A session that stays, unless all are taken for the moment by those that are just going. */
function takeConnection({ port, user, database: name }: PostgresPart): Promise<void> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(startupPacket(user, name)));
    socket.on('error', () => {});
    socket.once('data', data => {
      if (data[0] === 0x52) taken.push(socket);
      else socket.destroy();
      resolve();
    });
  });
}

/** Per key 1 ms, and between some keys a look at who asks. */
const slowly = ['--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024'];
/** A standby without hot standby: it recovers for ever and says that it starts. */
const waitsForArchive = ['hot_standby=off', 'restore_command=sleep 1; false'];

/** The file in which a Redis keeps so many keys. */
async function savedKeys(count: number): Promise<Uint8Array> {
  const part = await startRedis();
  const run = (...args: readonly string[]) => execFileAsync('redis-cli', ['-s', part.socketPath, ...args]);
  await run('eval', `for i = 1, ${count} do redis.call('set', 'key' .. i, i) end`, '0');
  await run('save');
  const dump = fs.readFileSync(path.join(part.folder, 'dump.rdb'));
  await part.stop();
  return dump;
}

const cli = async (name: string, ...args: readonly string[]) =>
  (await execFileAsync('redis-cli', ['-p', String(redis[name]?.port), ...args])).stdout;

after(async () => {
  adapters?.dispose();
  for (const socket of taken) socket.destroy();
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
      name: 'redis: loading its data',
      spec: store('loading'),
      verdict: 'down',
      seen: /^not ready: loading its data$/,
    },
    {
      name: 'redis: a user who may ask nothing',
      spec: store('guarded', { username: 'guest', passwordSecret: 'RIGHT' }),
      verdict: 'degraded',
      seen: /^up, this user may not ask PING and INFO$/,
    },
    {
      name: 'redis: busy with a script',
      spec: async () => {
        cli('busy', 'eval', 'while true do end', '0').catch(() => undefined);
        await until(async () => ((await cli('busy', 'ping')).includes('BUSY') ? true : undefined));
        return store('busy')();
      },
      verdict: 'degraded',
      seen: /^busy with a script$/,
    },
    {
      name: 'redis: after the script was ended',
      spec: async () => {
        await cli('busy', 'script', 'kill');
        return store('busy')();
      },
      verdict: 'up',
      seen: /^PONG$/,
    },
    {
      name: 'redis: saving to disk fails',
      spec: async () => {
        const { guarded } = redis;
        fs.mkdirSync(path.join(guarded?.folder ?? '', 'gone'));
        await cli('guarded', 'config', 'set', 'dir', path.join(guarded?.folder ?? '', 'gone'));
        fs.rmdirSync(path.join(guarded?.folder ?? '', 'gone'));
        await cli('guarded', 'bgsave');
        const failed = async () => (await cli('guarded', 'info')).includes('rdb_last_bgsave_status:err');
        await until(async () => ((await failed()) ? true : undefined));
        return store('guarded')();
      },
      verdict: 'degraded',
      seen: /^saving to disk failed/,
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
        while (taken.length < 2) await takeConnection(full);
        return database('full', { user: full.user, database: full.database })();
      },
      verdict: 'degraded',
      seen: /all are taken/,
    },
    {
      name: 'postgres: starting, in recovery',
      spec: database('starting'),
      verdict: 'down',
      seen: /^rejecting connections: the database system is (starting up|not accepting connections)/,
    },
    {
      name: 'postgres: a standby that takes reads only is accepting',
      spec: database('standby'),
      verdict: 'up',
      seen: /^accepting connections$/,
      also: async () => assert.equal(await postgres['standby']?.sql('show transaction_read_only'), 'on'),
    },
    {
      name: 'postgres: shutting down as soon as the last session ends',
      spec: async () => {
        const { leaving } = postgres;
        assert.ok(leaving !== undefined);
        const session = leaving.sql('select pg_sleep(6)').catch(() => undefined);
        const isAsleep = async () =>
          (await leaving.sql("select count(*) from pg_stat_activity where query like '%pg_sleep(6)%'")) ===
          '2';
        await until(async () => ((await isAsleep()) ? true : undefined));
        process.kill(leaving.pid, 'SIGTERM');
        void session;
        const answer = () => leaving.sql('select 1').catch((error: unknown) => String(error));
        await until(async () => ((await answer()).includes('shutting down') ? true : undefined));
        return database('leaving')();
      },
      verdict: 'down',
      seen: /^rejecting connections: the database system is shutting down$/,
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
    [postgres['starting']?.port ?? 0, 'postgres'],
    [postgres['standby']?.port ?? 0, 'postgres'],
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
