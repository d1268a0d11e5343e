import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../src/domain/config/parse.ts';
import { secretNames, secretsOf } from '../../../src/domain/config/secretNames.ts';

test('every secret that the configuration asks for is named once', () => {
  const { config } = parseConfig(
    `environments:
  prod:
    variables: { PGPASSWORD: { secret: PG_PASSWORD } }
services:
  cache:
    probes:
      - redis: cache:6379
        password: { secret: REDIS_PASSWORD }
  api:
    probes:
      - http: https://api/
        headers: { Authorization: { secret: API_TOKEN, prefix: "Bearer " }, X-Again: { secret: API_TOKEN } }
      - tcp: api:1
`,
    'watchkeeper.yaml',
  );
  assert.ok(config);
  assert.deepEqual(secretNames(config.services, config.environments), [
    'API_TOKEN',
    'PG_PASSWORD',
    'REDIS_PASSWORD',
  ]);
  const probes = config.services.flatMap(service => service.probes);
  assert.deepEqual(probes.map(secretsOf), [['REDIS_PASSWORD'], ['API_TOKEN'], []]);
});
