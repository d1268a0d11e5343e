import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readCatalog } from '../../../src/domain/config/readCatalog.ts';
import { writeConfig } from '../../../src/domain/config/writeConfig.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { probesFromRunbook } from '../../../src/domain/runbook/probesFromRunbook.ts';

const demo = path.resolve(import.meta.dirname, '../../../demo');
const read = (file: string) => fs.readFileSync(path.join(demo, file), 'utf8');
const runbooks = ['service-down', 'incident-response'].map(name => {
  const file = `docs/runbooks/${name}.md`;
  return parseRunbook(file, read(file));
});

function catalog(configText: string | undefined, dotEnv = read('.env.example')) {
  return readCatalog(
    {
      configFile: 'watchkeeper.yaml',
      configText,
      texts: {},
      dotEnv,
      env: {},
      composes: [{ file: 'docker-compose.yml', text: read('docker-compose.yml') }],
      containers: [],
      runbooks,
      environment: undefined,
      folderName: 'demo',
    },
    probesFromRunbook,
  );
}

test("the demo's configuration is without a mistake and follows its ports", () => {
  const { problems, services, environments } = catalog(
    read('watchkeeper.yaml'),
    'TESTGEN_PORT=8100\nREDIS_PORT=6400\nTESTGEN_ENGINE=unix:///tmp/x.sock',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    services.slice(0, 4).map(service => service.id),
    ['testgen', 'redis', 'postgres', 'llm'],
  );
  assert.deepEqual(services[0]?.dependsOn, ['postgres', 'redis', 'llm']);
  const [health] = services[0]?.probes ?? [];
  assert.equal(health?.spec.kind === 'http' && health.spec.url, 'http://localhost:8100/health');
  assert.equal(environments[0]?.docker.host, 'unix:///tmp/x.sock');
  assert.equal(catalog(read('watchkeeper.yaml')).environments[0]?.docker.host, undefined);
});

test('nothing that its runbooks check is a second service beside the configured ones', () => {
  const names = catalog(read('watchkeeper.yaml')).services.map(service => service.id);
  assert.deepEqual(names, ['testgen', 'redis', 'postgres', 'llm']);
});

test('without its configuration the demo is found in the compose file and the runbooks', () => {
  const { services, problems } = catalog(undefined);
  assert.deepEqual(problems, []);
  const titles = Object.fromEntries(
    services.map(service => [service.id, service.probes.map(probe => probe.title)]),
  );
  assert.deepEqual(titles['redis'], ['container testgen-redis', 'redis localhost:6379']);
  assert.deepEqual(titles['postgres'], ['container testgen-postgres', 'postgres localhost:5432']);
  assert.deepEqual(titles['testgen']?.slice(0, 2), [
    'container testgen-copilot',
    'http://localhost:8000/health',
  ]);
  assert.match(writeConfig(services), /# from docker-compose\.yml, line \d+\n {2}testgen:/);
});
