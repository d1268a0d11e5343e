import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillCommand } from '../../../src/domain/runbook/fill.ts';

const aliases = {
  redis: 'localhost',
  postgres: '127.0.0.1',
  'testgen-service': 'localhost',
  'testgen-service:8000': 'localhost:18000',
  'postgres-container': 'testgen-postgres',
};

const rows: readonly [string, string][] = [
  ['ping redis', 'ping localhost'],
  ['redis-cli -h redis ping', 'redis-cli -h localhost ping'],
  ['pg_isready -h postgres -p 5432 -U testgen', 'pg_isready -h 127.0.0.1 -p 5432 -U testgen'],
  ['pg_isready --host=postgres', 'pg_isready --host=127.0.0.1'],
  ['curl -f http://testgen-service:8000/health', 'curl -f http://localhost:18000/health'],
  ['curl http://testgen-service/health | grep redis', 'curl http://localhost/health | grep redis'],
  ['psql postgresql://user@postgres:5432/db', 'psql postgresql://user@127.0.0.1:5432/db'],
  ['docker-compose restart postgres', 'docker-compose restart postgres'],
  ['docker compose logs redis', 'docker compose logs redis'],
  ['docker ps | grep postgres', 'docker ps | grep postgres'],
  ['docker exec app pg_isready -h postgres', 'docker exec app pg_isready -h postgres'],
  ['docker logs postgres-container --tail 20', 'docker logs testgen-postgres --tail 20'],
  ['systemctl status redis', 'systemctl status redis'],
];

test('a name that stands for a machine is replaced only where a machine is meant', () => {
  for (const [written, expected] of rows) {
    const filled = fillCommand({ command: written, holes: [] }, {}, aliases);
    assert.equal(filled.ok && filled.text, expected, written);
  }
});
