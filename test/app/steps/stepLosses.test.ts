import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLosses, type LossSources } from '../../../src/app/steps/stepLosses.ts';
import { lossQueries } from '../../../src/domain/runbook/losses.ts';
import type { ContainerSummary } from '../../../src/ports.ts';

const container = (
  name: string,
  project: string,
  state = 'running',
  folder = '/w/shop',
): ContainerSummary => ({
  id: name,
  name,
  image: 'tiny',
  state,
  statusText: state,
  labels: {
    'com.docker.compose.project': project,
    'com.docker.compose.service': name.replace(/^.*-/, ''),
    'com.docker.compose.project.working_dir': folder,
  },
  createdAtMs: 0,
});

const volume = (name: string, project: string) => ({
  name,
  labels: { 'com.docker.compose.project': project },
});

const sources = (change: Partial<LossSources> = {}): LossSources => ({
  engine: () => ({
    list: async () => [
      container('shop-web', 'shop'),
      container('shop-db', 'shop', 'exited'),
      container('other-web', 'other', 'exited', '/w/other'),
    ],
    volumes: async which =>
      which === 'unused'
        ? [volume('old', 'gone')]
        : [volume('shop_data', 'shop'), volume('other_data', 'other')],
  }),
  lookups: () => ({
    countKeys: async ({ host, port }, database) => (host === 'localhost' ? port + (database ?? 0) : 5),
    countFiles: async patterns => ({ count: patterns.length, isMore: false }),
  }),
  redisIn: name => (name === 'cache' ? { host: 'localhost', port: 7000 } : undefined),
  cwd: '/w/shop',
  composeProject: undefined,
  signal: new AbortController().signal,
  ...change,
});

const table: readonly [string, readonly object[]][] = [
  [
    'docker-compose down -v',
    [
      { kind: 'containers', names: ['shop-web', 'shop-db'], project: 'shop' },
      { kind: 'volumes', names: ['shop_data'] },
    ],
  ],
  [
    'docker-compose -f ../other/compose.yml down',
    [{ kind: 'containers', names: ['other-web'], project: 'other' }],
  ],
  ['docker-compose -p none down', [{ kind: 'containers', names: [], project: 'none' }]],
  ['docker-compose rm -f', [{ kind: 'containers', names: ['shop-db'], project: 'shop' }]],
  ['docker-compose rm -sf web', [{ kind: 'containers', names: ['shop-web'], project: 'shop' }]],
  [
    'docker system prune -f --volumes',
    [
      { kind: 'containers', names: ['shop-db', 'other-web'], project: undefined },
      { kind: 'volumes', names: ['old'] },
    ],
  ],
  ['redis-cli FLUSHALL', [{ kind: 'keys', count: 6379, place: 'localhost:6379' }]],
  ['redis-cli -n 3 FLUSHDB', [{ kind: 'keys', count: 6382, place: 'localhost:6379/3' }]],
  ['docker exec cache redis-cli FLUSHALL', [{ kind: 'keys', count: 7000, place: 'localhost:7000' }]],
  [
    'docker exec strange redis-cli FLUSHALL',
    [{ kind: 'unknown', reason: 'the Redis inside strange is not known by an address from here' }],
  ],
  ['rm -rf a b', [{ kind: 'files', count: 2, isMore: false, paths: ['a', 'b'] }]],
];

for (const [command, expected] of table) {
  test(`${command} says what it takes`, async () => {
    assert.deepEqual(await findLosses(lossQueries(command), sources()), expected);
  });
}

test('a source that fails is an answer, and does not hide the others', async () => {
  const engine = () => ({
    list: async () => Promise.reject(new Error('no engine answers')),
    volumes: async () => [],
  });
  assert.deepEqual(
    await findLosses(lossQueries('docker-compose down; redis-cli FLUSHALL'), sources({ engine })),
    [
      { kind: 'unknown', reason: 'no engine answers' },
      { kind: 'keys', count: 6379, place: 'localhost:6379' },
    ],
  );
});

test('a source that never answers is given up when the time is over', async () => {
  const abort = new AbortController();
  const engine = () => ({ list: () => new Promise<never>(() => undefined), volumes: async () => [] });
  const asking = findLosses(lossQueries('docker-compose down'), sources({ engine, signal: abort.signal }));
  abort.abort();
  assert.deepEqual(await asking, [{ kind: 'unknown', reason: 'there was no answer in time' }]);
});

test('a project named by the environment goes before the folder', async () => {
  const [loss] = await findLosses(lossQueries('docker-compose down'), sources({ composeProject: 'other' }));
  assert.deepEqual(loss, { kind: 'containers', names: ['other-web'], project: 'other' });
});
