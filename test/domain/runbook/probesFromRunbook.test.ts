import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { probesFromRunbook } from '../../../src/domain/runbook/probesFromRunbook.ts';
import { readSeed } from './seeds.ts';

function checksIn(...commands: readonly string[]) {
  const text = `# R\n\n\`\`\`bash\n${commands.join('\n\n')}\n\`\`\`\n`;
  return probesFromRunbook(parseRunbook('r.md', text)).map(({ file: _file, line: _line, ...check }) => check);
}

test('read-only checks become plain data', () => {
  assert.deepEqual(
    checksIn('curl -f http://api:8000/health', 'redis-cli -h cache -p 6380 ping', 'pg_isready -h db'),
    [
      { kind: 'http', url: 'http://api:8000/health' },
      { kind: 'redis', host: 'cache', port: 6380 },
      { kind: 'postgres', host: 'db', port: 5432 },
    ],
  );
  assert.deepEqual(checksIn('docker ps | grep web', 'nc -zv db 5432'), [
    { kind: 'container', container: 'web' },
    { kind: 'tcp', host: 'db', port: 5432 },
  ]);
});

test('nothing that changes anything, has a gap or carries a credential becomes a check', () => {
  const refused = [
    'curl -X POST http://api:8000/health',
    'curl -H "Authorization: Bearer abc" http://api:8000/health',
    'curl -u me:secret http://api:8000/health',
    'curl http://me:secret@api:8000/health',
    'curl http://api:8000/health?token=abc',
    'curl http://api:8000/$PATH_PART/health',
    'curl http://<host>:8000/health',
    'redis-cli -a secret ping',
    'redis-cli FLUSHALL',
    'docker-compose down',
  ];
  for (const command of refused) assert.deepEqual(checksIn(command), [], command);
});

test('the seeds name their services and dependencies', t => {
  const down = readSeed('service-down');
  if (down === undefined) return t.skip('../shared/seeds is absent');
  const checks = probesFromRunbook(parseRunbook('service-down.md', down));
  const found = checks.map(
    check => `${check.line} ${check.kind} ${check.url ?? check.container ?? `${check.host}:${check.port}`}`,
  );
  for (const wanted of [
    '24 http http://testgen-service:8000/health',
    '27 container testgen',
    '78 http https://api.openai.com',
    '89 redis redis:6379',
    '92 postgres postgres:5432',
    '128 container postgres-container',
  ])
    assert.ok(found.includes(wanted), `${wanted} in ${found.join(', ')}`);
});
