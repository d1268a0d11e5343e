import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LossQuery, lossQueries } from '../../../src/domain/runbook/losses.ts';

const compose = (change: object): object => ({
  kind: 'compose',
  project: undefined,
  folder: undefined,
  services: [],
  isStoppedOnly: false,
  hasVolumes: false,
  ...change,
});
const redis = (change: object): object => ({
  kind: 'redis',
  host: undefined,
  port: undefined,
  password: undefined,
  database: undefined,
  container: undefined,
  ...change,
});

const table: readonly [string, readonly object[]][] = [
  ['docker ps', []],
  ['docker-compose restart web', []],
  ['docker-compose down', [compose({})]],
  ['docker-compose down -v', [compose({ hasVolumes: true })]],
  ['docker compose down --volumes --timeout 5', [compose({ hasVolumes: true })]],
  ['docker compose -p shop -f deploy/compose.yml down', [compose({ project: 'shop', folder: 'deploy' })]],
  [
    'docker-compose --project-directory=/srv/x rm -sf web',
    [compose({ folder: '/srv/x', services: ['web'] })],
  ],
  ['docker-compose rm -f', [compose({ isStoppedOnly: true })]],
  ['docker rm -f web db', [{ kind: 'containers', names: ['web', 'db'] }]],
  ['sudo docker container rm web', [{ kind: 'containers', names: ['web'] }]],
  ['docker volume rm data', [{ kind: 'volumes', names: ['data'] }]],
  ['docker system prune -f', [{ kind: 'prune', hasContainers: true, hasVolumes: false }]],
  ['docker system prune -af --volumes', [{ kind: 'prune', hasContainers: true, hasVolumes: true }]],
  ['docker volume prune', [{ kind: 'prune', hasContainers: false, hasVolumes: true }]],
  ['redis-cli FLUSHALL', [redis({})]],
  ['redis-cli -h cache -p 6380 -n 2 flushdb', [redis({ host: 'cache', port: 6380, database: 2 })]],
  ['redis-cli -u redis://:pw@cache:7000/1 FLUSHALL', [redis({ host: 'cache', port: 7000 })]],
  ['docker exec -it redis redis-cli FLUSHALL', [redis({ container: 'redis' })]],
  ['docker-compose exec -T cache redis-cli FLUSHDB', [redis({ container: 'cache', database: 0 })]],
  ['docker exec redis sh -c "redis-cli FLUSHALL"', [redis({ container: 'redis' })]],
  ['rm -rf /tmp/cache/*', [{ kind: 'files', paths: ['/tmp/cache/*'] }]],
  [
    'sudo rm -f a.log && rm -r b',
    [
      { kind: 'files', paths: ['a.log'] },
      { kind: 'files', paths: ['b'] },
    ],
  ],
  ['rm -rf "$DIR"/*', [{ kind: 'unknown', reason: 'the path depends on a variable' }]],
  ['docker exec app rm -rf /tmp/x', [{ kind: 'unknown', reason: 'the files are inside app' }]],
  ['ssh web1 "rm -rf /var/cache"', [{ kind: 'unknown', reason: 'it runs on another machine' }]],
  ['ssh web1 uptime', []],
  ['psql -c "DROP TABLE x"', []],
];

for (const [command, expected] of table) {
  test(`before ${command} it is known what to ask`, () => {
    assert.deepEqual(lossQueries(command) as readonly LossQuery[], expected);
  });
}
