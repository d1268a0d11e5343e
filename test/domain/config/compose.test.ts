import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCompose } from '../../../src/domain/config/compose.ts';
import { groupComposeFiles } from '../../../src/domain/config/composeFiles.ts';
import type { ComposeService } from '../../../src/domain/config/composeModel.ts';
import { toComposeService } from '../../../src/domain/config/composeProbes.ts';

const file = 'docker-compose.yml';

function read(text: string, env: Readonly<Record<string, string>> = {}, others: Record<string, string> = {}) {
  return readCompose([{ file, text }], { lookUp: name => env[name], folderName: 'My.Shop', others });
}

function only(text: string, env: Readonly<Record<string, string>> = {}): ComposeService {
  const [service] = read(text, env).services;
  assert.ok(service);
  return service;
}

test('a service is read with its place, both syntaxes of depends_on and of environment', () => {
  const { name, services, problems } = read(
    `services:
  web:
    container_name: \${PREFIX:-shop}-web
    image: shop:\${TAG:-latest}
    depends_on: { db: { condition: service_healthy }, cache: {} }
    environment: { A: 1, B: "\${A_VALUE}" }
    env_file: [.env, { path: more.env, required: false }]
    profiles: [full]
  db:
    depends_on: [cache]
    environment: ["A=1=2", "B"]
    network_mode: host
  cache: {}
`,
    { A_VALUE: 'x' },
  );
  assert.deepEqual(problems, []);
  assert.equal(name, 'myshop');
  const [web, db] = services;
  assert.equal(web?.containerName, 'shop-web');
  assert.equal(web?.image, 'shop:latest');
  assert.deepEqual(web?.dependsOn, ['db', 'cache']);
  assert.deepEqual(web?.environment, { A: '1', B: 'x' });
  assert.deepEqual(web?.envFiles, ['.env', 'more.env']);
  assert.deepEqual(web?.profiles, ['full']);
  assert.deepEqual(web?.source.line, 2);
  assert.deepEqual(db?.dependsOn, ['cache']);
  assert.deepEqual(db?.environment, { A: '1=2', B: '' });
  assert.equal(db?.isHostNetwork, true);
});

const portTable: readonly (readonly [string, readonly string[]])[] = [
  ['"8000:80"', ['localhost:8000→80/tcp']],
  ['8000:80', ['localhost:8000→80/tcp']],
  ['"80"', ['localhost:?→80/tcp']],
  ['80', ['localhost:?→80/tcp']],
  ['"127.0.0.1:8001:81"', ['localhost:8001→81/tcp']],
  ['"0.0.0.0:8001:81"', ['localhost:8001→81/tcp']],
  ['"10.1.2.3:8001:81"', ['10.1.2.3:8001→81/tcp']],
  ['"[::1]:8001:81"', ['localhost:8001→81/tcp']],
  ['"127.0.0.1::81"', ['localhost:?→81/tcp']],
  ['"53:53/udp"', ['localhost:53→53/udp']],
  ['"9000-9001:80-81"', ['localhost:9000→80/tcp', 'localhost:9001→81/tcp']],
  ['"3000-3001"', ['localhost:?→3000/tcp', 'localhost:?→3001/tcp']],
  ['"${P:-7000}:80"', ['localhost:7000→80/tcp']],
  ['{ target: 80, published: "8080", protocol: tcp, host_ip: 127.0.0.1 }', ['localhost:8080→80/tcp']],
  ['{ target: 80, published: 8080 }', ['localhost:8080→80/tcp']],
  ['{ target: 80 }', ['localhost:?→80/tcp']],
  ['"what:80"', []],
  ['"70000:80"', ['localhost:?→80/tcp']],
  ['nonsense', []],
];

for (const [written, wanted] of portTable)
  test(`the port ${written} is read`, () => {
    const { ports } = only(`services: { a: { ports: [ ${written} ] } }`);
    assert.deepEqual(
      ports.map(port => `${port.host}:${port.published ?? '?'}→${port.target}/${port.protocol}`),
      wanted,
    );
  });

test('later files lie over earlier ones: mappings merge, ports add up, the rest is replaced', () => {
  const { services } = readCompose(
    [
      {
        file,
        text: 'services: { a: { image: one, ports: ["1:1"], environment: {A: 1, B: 1}, command: x } }',
      },
      {
        file: 'docker-compose.override.yml',
        text: 'services: { a: { image: two, ports: ["1:1", "2:2"], environment: {B: 2} }, b: {} }',
      },
    ],
    { lookUp: () => undefined, folderName: 'f' },
  );
  assert.equal(services[0]?.image, 'two');
  assert.deepEqual(
    services[0]?.ports.map(port => port.published),
    [1, 2],
  );
  assert.deepEqual(services[0]?.environment, { A: '1', B: '2' });
  assert.equal(services[0]?.command, 'x');
  assert.equal(services[0]?.source.file, file);
  assert.equal(services[1]?.source.file, 'docker-compose.override.yml');
});

test('extends takes from the same or another file, and a circle is told, not followed', () => {
  const { services, problems } = read(
    `services:
  base: { image: one, ports: ["1:1"] }
  own: { extends: base, command: x }
  far: { extends: { file: ./common/base.yml, service: db }, image: own }
  lost: { extends: { file: gone.yml, service: db }, image: lost }
  round: { extends: { service: round } }
`,
    {},
    { 'common/base.yml': 'services: { db: { image: pg, ports: ["5:5"] } }' },
  );
  const seen = services.map(
    ({ name, image, ports }) => `${name} ${image} ${ports.map(port => port.published)}`,
  );
  assert.deepEqual(seen, ['base one 1', 'own one 1', 'far own 5', 'lost lost ', 'round undefined ']);
  assert.deepEqual(
    problems.map(({ code, severity, line }) => `${code} ${severity} ${line}`),
    ['compose-extends info 5', 'compose-extends info 6'],
  );
});

test('include is passed over with a word about it, and YAML anchors work', () => {
  const { services, problems } = read(
    'x-a: &a { image: redis:7 }\ninclude: [other.yml]\nservices: { a: *a }',
  );
  assert.equal(services[0]?.image, 'redis:7');
  assert.deepEqual(
    problems.map(problem => `${problem.code} ${problem.line}`),
    ['compose-include 2'],
  );
});

/** A service in YAML, and the probes that follow from it. */
const probeTable: readonly (readonly [name: string, service: string, probes: readonly string[]])[] = [
  ['nothing published', '{}', ['container myshop/a/1']],
  ['container name', '{ container_name: c }', ['container c']],
  [
    'redis image',
    '{ image: "redis:7-alpine", ports: ["6380:6379"] }',
    ['container myshop/a/1', 'redis localhost:6380'],
  ],
  [
    'a registry in front',
    '{ image: "ghcr.io/x/postgres:16", ports: ["5432:5432"] }',
    ['container myshop/a/1', 'postgres localhost:5432'],
  ],
  [
    'another port of the image',
    '{ image: "redis:7", ports: ["9121:9121"] }',
    ['container myshop/a/1', 'tcp localhost:9121'],
  ],
  [
    'health by curl',
    '{ ports: ["8000:80"], healthcheck: { test: [CMD, curl, -f, "http://localhost:80/health"] } }',
    ['container myshop/a/1', 'http://localhost:8000/health'],
  ],
  [
    'health by a shell line',
    '{ ports: ["8000:8080"], healthcheck: { test: "wget -qO- http://127.0.0.1:8080/ready || exit 1" } }',
    ['container myshop/a/1', 'http://localhost:8000/ready'],
  ],
  [
    'health of another port',
    '{ ports: ["8000:80"], healthcheck: { test: [CMD-SHELL, "curl http://localhost:81/h"] } }',
    ['container myshop/a/1', 'tcp localhost:8000'],
  ],
  [
    'own image with pg_isready',
    '{ image: mine, ports: ["6000:5432"], healthcheck: { test: [CMD, pg_isready] } }',
    ['container myshop/a/1', 'postgres localhost:6000'],
  ],
  [
    'disabled check',
    '{ ports: ["8000:80"], healthcheck: { disable: true, test: [CMD, curl, "http://localhost:80/h"] } }',
    ['container myshop/a/1', 'tcp localhost:8000'],
  ],
  ['udp only', '{ ports: ["53:53/udp"] }', ['container myshop/a/1']],
  [
    'host network with redis-cli',
    '{ network_mode: host, image: mine, healthcheck: { test: [CMD, redis-cli, -p, "6380", ping] } }',
    ['container myshop/a/1', 'redis localhost:6380'],
  ],
  [
    'host network with a known image',
    '{ network_mode: host, image: "postgres:16" }',
    ['container myshop/a/1', 'postgres localhost:5432'],
  ],
  [
    'host network with a URL',
    '{ network_mode: host, healthcheck: { test: "curl -f http://localhost:8000/health" } }',
    ['container myshop/a/1', 'http://localhost:8000/health'],
  ],
  [
    'grafana',
    '{ image: grafana/grafana, ports: ["3000:3000"] }',
    ['container myshop/a/1', 'http://localhost:3000/api/health'],
  ],
];

for (const [name, service, probes] of probeTable)
  test(`probes of a compose service: ${name}`, () => {
    const found = toComposeService(only(`services:\n  a: ${service}\n`));
    assert.deepEqual(
      found.probes.map(probe => probe.title),
      probes,
    );
    for (const probe of found.probes) assert.equal(probe.source?.line, 2);
  });

test('main file and override are read together; other folders only when the root has none', () => {
  const texts = [
    'docker-compose.override.yml',
    'docker-compose.yml',
    'docker-compose.prod.yml',
    'x/compose.yaml',
  ];
  const all = texts.map(name => ({ file: name, text: '' }));
  const names = (wanted?: readonly string[]) =>
    groupComposeFiles(all, wanted).map(group => group.texts.map(text => text.file));
  assert.deepEqual(names(), [['docker-compose.yml', 'docker-compose.override.yml']]);
  assert.deepEqual(names(['./docker-compose.prod.yml']), [['docker-compose.prod.yml']]);
  assert.deepEqual(
    groupComposeFiles(all.slice(3), undefined).map(group => group.folder),
    ['x'],
  );
});

test('no text makes the compose reader throw', () => {
  const piece = fc.constantFrom(
    'services',
    'a',
    'ports',
    'extends',
    ':',
    ' ',
    '\n  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '${',
    '1:1',
    '&a',
    '*a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), parts => {
      for (const service of read(parts.join('')).services) toComposeService(service);
    }),
  );
});
