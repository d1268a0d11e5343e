import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { DockerEngine } from '../../../src/adapters/docker/dockerEngine.ts';
import { toCandidate } from '../../../src/adapters/docker/endpoint.ts';
import { countFiles } from '../../../src/adapters/steps/countFiles.ts';
import { countKeys } from '../../../src/adapters/steps/countKeys.ts';
import { findLosses } from '../../../src/app/steps/stepLosses.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { lossQueries } from '../../../src/domain/runbook/losses.ts';
import { type RedisPart, startRedis } from '../../parts/redis.ts';
import { type ReachableEngine, reachableEngine } from '../health/parts/engine.ts';

let redis: RedisPart;
let parts: ReachableEngine;
let engine: DockerEngine;

before(
  async () => {
    [redis, parts] = await Promise.all([startRedis({ password: 'open' }), reachableEngine('losses')]);
    engine = new DockerEngine({
      candidates: async () => [toCandidate(`unix://${parts.socketPath}`, 'setting')],
      clock: systemClock,
      random: () => 0,
    });
  },
  { timeout: 60_000 },
);

after(async () => {
  engine?.dispose();
  await parts?.docker('volume', 'rm', 'wkloss_data').catch(() => '');
  await parts?.stop();
  await redis?.stop();
});

const ask = (command: string) =>
  findLosses(lossQueries(command), {
    engine: () => engine,
    lookups: () => ({ countKeys, countFiles }),
    redisIn: () => undefined,
    cwd: '/nowhere/wkloss',
    composeProject: undefined,
    signal: AbortSignal.timeout(10_000),
  });

const cli = (...args: readonly string[]) =>
  execFileSync('redis-cli', ['-p', String(redis.port), '-a', 'open', '--no-auth-warning', ...args], {
    encoding: 'utf8',
  });

test('a flush says how many keys it takes, of one database and of all', async () => {
  cli('SET', 'a', '1');
  cli('SET', 'b', '1');
  cli('-n', '3', 'SET', 'c', '1');
  const place = `127.0.0.1:${redis.port}`;
  const login = `redis-cli -h 127.0.0.1 -p ${redis.port} -a open`;
  assert.deepEqual(await ask(`${login} FLUSHALL`), [{ kind: 'keys', count: 3, place }]);
  assert.deepEqual(await ask(`${login} -n 3 FLUSHDB`), [{ kind: 'keys', count: 1, place: `${place}/3` }]);
  assert.equal(cli('DBSIZE').trim(), '2');
});

test('a Redis that is not there, or wants a password, is told in its own words', async () => {
  const [refused] = await ask('redis-cli -h 127.0.0.1 -p 1 FLUSHALL');
  assert.match(refused?.kind === 'unknown' ? refused.reason : '', /ECONNREFUSED/);
  const [locked] = await ask(`redis-cli -h 127.0.0.1 -p ${redis.port} FLUSHALL`);
  assert.match(locked?.kind === 'unknown' ? locked.reason : '', /NOAUTH/);
});

test('down -v lists the containers and volumes of the project, and nobody else’s', async () => {
  const label = ['--label', 'wk=losses'];
  const project = ['--label', 'com.docker.compose.project=wkloss'];
  await parts.docker('volume', 'create', ...project, 'wkloss_data');
  await parts.docker('create', '--name', 'wkloss-web', ...label, ...project, 'busybox', 'true');
  await parts.docker('create', '--name', 'wkloss-other', ...label, 'busybox', 'true');
  assert.deepEqual(await ask('docker-compose down -v'), [
    { kind: 'containers', names: ['wkloss-web'], project: 'wkloss' },
    { kind: 'volumes', names: ['wkloss_data'] },
  ]);
  const [stopped, volumes] = await ask('docker system prune -f --volumes');
  assert.ok(
    stopped?.kind === 'containers' && stopped.names.includes('wkloss-other'),
    JSON.stringify(stopped),
  );
  assert.ok(volumes?.kind === 'volumes' && volumes.names.includes('wkloss_data'));
});
