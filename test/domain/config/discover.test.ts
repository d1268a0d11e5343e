import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveAlias, resolveUrl } from '../../../src/domain/config/alias.ts';
import type { CatalogInput } from '../../../src/domain/config/catalog.ts';
import type { RunbookCheck } from '../../../src/domain/config/discoverRunbook.ts';
import { parseConfig } from '../../../src/domain/config/parse.ts';
import { readCatalog } from '../../../src/domain/config/readCatalog.ts';
import { writeConfig } from '../../../src/domain/config/writeConfig.ts';
import type { Service } from '../../../src/domain/health/model.ts';
import type { Runbook } from '../../../src/domain/runbook/model.ts';

const compose = `name: shop
services:
  testgen:
    container_name: testgen-copilot
    depends_on: [postgres, redis]
    ports: ["8000:8000"]
  postgres:
    container_name: testgen-postgres
    image: postgres:16
    ports: ["5432:5432"]
  redis:
    image: redis:7
    ports: ["6379:6379"]
  ollama:
    image: ollama
    profiles: [llm]
`;

const aliases = `environments:
  local:
    aliases: { testgen-service:8000: localhost:8000, postgres-container: testgen-postgres, redis: localhost }
`;

const check = (line: number, rest: Omit<RunbookCheck, 'file' | 'line'>): RunbookCheck => ({
  file: 'docs/runbook.md',
  line,
  ...rest,
});

const checks: readonly RunbookCheck[] = [
  check(10, { kind: 'http', url: 'http://testgen-service:8000/health' }),
  check(11, { kind: 'http', url: 'http://localhost:8000/ready' }),
  check(12, { kind: 'redis', host: 'redis' }),
  check(13, { kind: 'container', container: 'postgres-container' }),
  check(14, { kind: 'http', url: 'https://api.openai.com' }),
  check(15, { kind: 'tcp', host: 'grafana', port: 3000 }),
  check(16, { kind: 'http', url: 'not a url' }),
];

function catalog(overrides: Partial<CatalogInput> = {}, runbookChecks: readonly RunbookCheck[] = checks) {
  // The only thing that is read of a runbook here is what the given function makes of it.
  const runbook = { file: 'docs/runbook.md' } as unknown as Runbook;
  const input: CatalogInput = {
    configFile: 'watchkeeper.yaml',
    configText: undefined,
    texts: {},
    dotEnv: '',
    env: {},
    composes: [{ file: 'docker-compose.yml', text: compose }],
    containers: [],
    runbooks: [runbook],
    environment: undefined,
    ...overrides,
  };
  return readCatalog(input, () => runbookChecks);
}

function summary(services: readonly Service[]): string[] {
  return services.map(
    ({ id, dependsOn, probes }) =>
      `${id} <${dependsOn}> ${probes.map(probe => probe.id.slice(id.length + 1)).join(' | ')}`,
  );
}

test('without a configuration, compose files and runbooks together give each thing once', () => {
  const { services, isBroken, environments } = catalog({ configText: aliases });
  assert.equal(isBroken, false);
  assert.equal(environments[0]?.name, 'local');
  assert.deepEqual(summary(services), [
    'testgen <postgres,redis> container:container testgen-copilot | tcp:tcp localhost:8000 | http:http://testgen-service:8000/health | http:http://localhost:8000/ready',
    'postgres <> container:container testgen-postgres | postgres:postgres localhost:5432',
    'redis <> container:container shop/redis/1 | redis:redis localhost:6379',
    'api.openai.com <> http:https://api.openai.com',
    'grafana:3000 <> tcp:tcp grafana:3000',
  ]);
});

test('probes go where the aliases of the environment lead, and keep the ids that the files give', () => {
  const [testgen, postgres] = catalog({ configText: aliases }).services;
  const probe = testgen?.probes[2];
  assert.deepEqual(probe?.spec, { kind: 'http', url: 'http://localhost:8000/health' });
  assert.equal(probe?.id, 'testgen/http:http://testgen-service:8000/health');
  assert.deepEqual(probe?.source, { file: 'docs/runbook.md', line: 10 });
  assert.deepEqual(
    postgres?.probes.map(({ title }) => title),
    ['container testgen-postgres', 'postgres localhost:5432'],
  );
  assert.deepEqual(testgen?.probes[1]?.source, { file: 'docker-compose.yml', line: 6 });
});

test('a configured service wins: it keeps its probes and takes the rest', () => {
  const configText = `${aliases}services:
  app: { aliases: [testgen-copilot], probes: { http: http://localhost:8000/health } }
  db: { dependsOn: [redis], probes: { postgres: "localhost:5432" } }
`;
  const { services, problems } = catalog({ configText });
  assert.deepEqual(problems, []);
  assert.deepEqual(summary(services.slice(0, 3)), [
    'app <db,redis> http:http://localhost:8000/health',
    'db <redis> postgres:postgres localhost:5432',
    'redis <> container:container shop/redis/1 | redis:redis localhost:6379',
  ]);
  assert.deepEqual(services[0]?.aliases, ['testgen-copilot', 'testgen', 'testgen-service']);
});

test('names that only mean something inside the compose network are understood', () => {
  const written: readonly RunbookCheck[] = [
    check(1, { kind: 'http', url: 'http://testgen-service:8000/ready' }),
    check(2, { kind: 'redis', host: 'redis', port: 6379 }),
    check(3, { kind: 'container', container: 'postgres-container' }),
    check(4, { kind: 'container', container: 'testgen' }),
    check(5, { kind: 'redis', host: 'localhost' }),
    check(6, { kind: 'postgres', host: 'localhost' }),
    check(7, { kind: 'container', container: 'mailer' }),
  ];
  assert.deepEqual(summary(catalog({}, written).services), [
    'testgen <postgres,redis> container:container testgen-copilot | tcp:tcp localhost:8000 | http:http://localhost:8000/ready',
    'postgres <> container:container testgen-postgres | postgres:postgres localhost:5432',
    'redis <> container:container shop/redis/1 | redis:redis localhost:6379',
    'mailer <> container:container mailer',
  ]);
});

test('what is hidden stays away, and so do sources that are switched off', () => {
  const hidden = 'discovery: { hide: [redis, "testgen/tcp:tcp localhost:8000", api.openai.com] }\n';
  assert.deepEqual(summary(catalog({ configText: aliases + hidden }, []).services), [
    'testgen <postgres> container:container testgen-copilot',
    'postgres <> container:container testgen-postgres | postgres:postgres localhost:5432',
  ]);
  assert.deepEqual(catalog({ configText: 'discovery: { compose: false, runbooks: false }' }).services, []);
});

test('running containers: known ones change nothing, profiles in use and scaled copies appear', () => {
  const container = (service: string, number: string, more: Record<string, string> = {}) => ({
    id: `${service}${number}`,
    name: `shop_${service}_${number}`,
    image: 'x',
    labels: {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': service,
      'com.docker.compose.container-number': number,
      ...more,
    },
  });
  const containers = [
    container('redis', '1'),
    container('redis', '2'),
    container('ollama', '1'),
    container('redis', '3', { 'com.docker.compose.oneoff': 'True' }),
    { ...container('other', '1'), labels: { 'com.docker.compose.project': 'elsewhere' } },
  ];
  const { services } = catalog({ containers }, []);
  assert.deepEqual(summary(services.slice(2)), [
    'redis <> container:container shop/redis/1 | redis:redis localhost:6379',
    'ollama <> container:container shop/ollama/1',
    'redis-2 <> container:container shop/redis/2',
  ]);
  assert.deepEqual(services[2]?.aliases, ['shop_redis_1']);
});

test('a service of the file may depend on one that only the compose file knows', () => {
  const { problems, services } = catalog({ configText: 'services: { app: { dependsOn: [redis] } }' }, []);
  assert.deepEqual(problems, []);
  assert.deepEqual(services[0]?.dependsOn, ['redis']);
});

test('a written configuration says where things come from and is read back without a problem', () => {
  const found = catalog({ configText: aliases }).services;
  const text = writeConfig(found);
  assert.match(text, /# from docker-compose\.yml, line 3\n {2}testgen:/);
  assert.match(text, /# from docs\/runbook\.md, line 14/);
  const { config, problems } = parseConfig(text, 'watchkeeper.yaml');
  assert.deepEqual(problems, [], text);
  const bare = (services: readonly Service[]) =>
    services.map(({ id, title, dependsOn, aliases: names, runbooks, probes }) => ({
      id,
      title,
      dependsOn,
      names,
      runbooks,
      specs: probes.map(({ spec, intervalMs, timeoutMs, forMs }) => ({ spec, intervalMs, timeoutMs, forMs })),
    }));
  assert.deepEqual(bare(config?.services ?? []), bare(found));
});

const local = {
  aliases: [
    { from: 'testgen-service:8000', to: 'localhost:8001' },
    { from: 'postgres-container', to: 'testgen-postgres' },
    { from: 'postgres', to: '127.0.0.1:5433' },
    { from: 'grafana', to: 'localhost' },
    { from: 'prom:80', to: 'localhost:9090' },
  ],
};

const aliasTable: readonly (readonly [string, string])[] = [
  ['testgen-service:8000', 'localhost:8001'],
  ['testgen-service:9000', 'testgen-service:9000'],
  ['testgen-service', 'testgen-service'],
  ['postgres-container', 'testgen-postgres'],
  ['postgres:5432', '127.0.0.1:5433'],
  ['grafana:3000', 'localhost:3000'],
  ['unknown', 'unknown'],
];
for (const [from, to] of aliasTable)
  test(`the name ${from} is ${to} here`, () => assert.equal(resolveAlias(from, local), to));

const urlTable: readonly (readonly [string, string])[] = [
  [
    'http://testgen-service:8000/health?a=http://postgres:5432',
    'http://localhost:8001/health?a=http://postgres:5432',
  ],
  ['http://grafana/d/x#y', 'http://localhost/d/x#y'],
  ['http://prom/graph', 'http://localhost:9090/graph'],
  ['https://example.com', 'https://example.com'],
];
for (const [from, to] of urlTable)
  test(`the URL ${from} is ${to} here`, () => assert.equal(resolveUrl(from, local), to));
