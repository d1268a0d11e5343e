import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliasEdits } from '../../../src/domain/runbook/aliasEdits.ts';

const aliases = {
  'testgen-service:8000': 'localhost:8100',
  'localhost:8000': 'localhost:8100',
  'redis:6379': 'localhost:6400',
  'postgres:5432': 'localhost:5432',
  redis: 'localhost',
  postgres: 'localhost',
  'postgres-container': 'testgen-postgres',
};

const table: readonly (readonly [written: string, runs: string])[] = [
  ['docker-compose restart postgres', 'docker-compose restart postgres'],
  ['docker-compose ps postgres redis', 'docker-compose ps postgres redis'],
  ['docker ps | grep postgres', 'docker ps | grep postgres'],
  ['docker logs postgres-container --tail 20', 'docker logs testgen-postgres --tail 20'],
  ['curl -f http://testgen-service:8000/health', 'curl -f http://localhost:8100/health'],
  ['curl http://localhost:8000/metrics | grep redis', 'curl http://localhost:8100/metrics | grep redis'],
  ['ping redis', 'ping localhost'],
  ['ping -c 3 postgres', 'ping -c 3 localhost'],
  ['redis-cli -h redis ping', 'redis-cli -h localhost -p 6400 ping'],
  ['redis-cli -h redis -p 6379 ping', 'redis-cli -h localhost -p 6400 ping'],
  ['pg_isready -h postgres -p 5432 -U testgen', 'pg_isready -h localhost -p 5432 -U testgen'],
  ['psql --host=postgres -U postgres -c "select 1"', 'psql --host=localhost -U postgres -c "select 1"'],
  [
    'docker exec testgen-copilot pg_isready -h postgres -p 5432',
    'docker exec testgen-copilot pg_isready -h postgres -p 5432',
  ],
  ['docker exec postgres-container psql -U postgres', 'docker exec testgen-postgres psql -U postgres'],
  ['echo postgresql://u@postgres/db', 'echo postgresql://u@localhost/db'],
  ['nc -z postgres 5432', 'nc -z localhost 5432'],
  ['kubectl logs deploy/postgres', 'kubectl logs deploy/postgres'],
  ['my-redis redis.conf', 'my-redis redis.conf'],
  ['docker exec x ls && ping redis', 'docker exec x ls && ping localhost'],
];

for (const [written, runs] of table)
  test(`"${written}" runs as it is meant here`, () => {
    let text = written;
    for (const { start, end, newText } of [...aliasEdits(written, aliases)].reverse())
      text = text.slice(0, start) + newText + text.slice(end);
    assert.equal(text, runs);
  });

test('without aliases nothing changes', () => assert.deepEqual(aliasEdits('ping redis', {}), []));
