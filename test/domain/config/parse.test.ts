import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { includedFiles } from '../../../src/domain/config/include.ts';
import { type ParseOptions, parseConfig } from '../../../src/domain/config/parse.ts';

const file = 'watchkeeper.yaml';

const whole = `environments:
  local:
    color: green
    variables: { PORT: "8000" }
    aliases: { testgen-service:8000: localhost:8000, postgres-container: testgen-postgres }
    docker: { context: default }
  prod:
    consent: strict
    kubernetes: { context: prod, namespace: testgen }
services:
  testgen:
    dependsOn: [postgres, redis]
    probes:
      - http: http://localhost:\${PORT}/health
        status: [200]
        when: [json.status == "ok", latency < 500ms]
        every: 10s
        timeout: 2s
      - container: testgen-copilot
      - kubernetes: deployment/testgen
    runbooks: [docs/runbooks/service-down.md]
  redis: { probes: [ {redis: localhost:6379, tls: true, password: { secret: REDIS }} ] }
  postgres: { probes: [ {postgres: "localhost:5432", for: 2m} ] }
incident: { timeZone: Europe/Berlin, reviewPath: 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md' }
`;

test('a whole file gives environments, services with probes, and incident settings', () => {
  const { config, problems } = parseConfig(whole, file, { environment: 'prod', env: { PORT: '9' } });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    config?.environments.map(({ name, consent, color }) => ({ name, consent, color })),
    [
      { name: 'local', consent: 'normal', color: 'green' },
      { name: 'prod', consent: 'strict', color: undefined },
    ],
  );
  assert.deepEqual(config?.environments[0]?.aliases, [
    { from: 'testgen-service:8000', to: 'localhost:8000' },
    { from: 'postgres-container', to: 'testgen-postgres' },
  ]);
  const [testgen, redis, postgres] = config?.services ?? [];
  assert.deepEqual(testgen?.dependsOn, ['postgres', 'redis']);
  assert.deepEqual(testgen?.probes[0], {
    id: 'testgen/http:http://localhost:9/health',
    serviceId: 'testgen',
    title: 'http://localhost:9/health',
    spec: {
      kind: 'http',
      url: 'http://localhost:9/health',
      status: ['200'],
      conditions: ['json.status == "ok"', 'latency < 500ms'],
    },
    intervalMs: 10_000,
    timeoutMs: 2000,
    forMs: 60_000,
    source: { file, line: 14 },
  });
  assert.deepEqual(testgen?.probes[1]?.spec, {
    kind: 'container',
    container: { by: 'name', name: 'testgen-copilot' },
  });
  assert.deepEqual(testgen?.probes[2]?.spec, {
    kind: 'kubernetes',
    workload: 'deployment/testgen',
    namespace: 'testgen',
    context: 'prod',
  });
  assert.deepEqual(redis?.probes[0]?.spec, {
    kind: 'redis',
    host: 'localhost',
    port: 6379,
    tls: true,
    passwordSecret: 'REDIS',
  });
  assert.equal(postgres?.probes[0]?.forMs, 120_000);
  assert.equal(config?.incident.timeZone, 'Europe/Berlin');
  assert.equal(config?.incident.reviewPath, 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md');
});

test("the chosen environment's variables come before the process's, those before .env, then the default", () => {
  const text = `environments: { local: {variables: {A: one}} }
services: { s: { probes: [ { command: x, title: "\${A} \${B} \${C} \${D:-four} \${E:-\${C}} $$\{F}" } ] } }`;
  const options = { env: { A: 'no', B: 'two' }, dotEnv: 'A=no\nB=no\nC="three" # note' };
  const { config, problems } = parseConfig(text, file, options);
  assert.deepEqual(problems, []);
  assert.equal(config?.services[0]?.probes[0]?.title, 'one two three four three ${F}');
});

/** text, the line and column where the mark begins, what the message must say. */
const mistakes: readonly (readonly [
  name: string,
  text: string,
  at: string,
  says: RegExp,
  options?: ParseOptions,
])[] = [
  ['not YAML', 'services: [a', '1:12', /./],
  ['the same key twice', 'services:\n  a: {}\n  a: {}\n', '3:2', /unique/i],
  ['not a mapping', '- a', '1:0', /Expected a mapping .* found a list/],
  ['unknown key', 'servces: {}', '1:0', /"servces": did you mean "services"/],
  ['unknown key without a near one', 'zzzzzzzz: {}', '1:0', /expected one of include, environments/],
  [
    'unknown key in a probe',
    'services: { a: { probes: [ {http: http://h/, stauts: 200} ] } }',
    '1:45',
    /did you mean "status"/,
  ],
  ['unknown probe kind', 'services: { a: { probes: [ {htpp: http://h/} ] } }', '1:28', /did you mean "http"/],
  ['no probe kind', 'services: { a: { probes: [ {every: 10s} ] } }', '1:27', /Expected a probe: one of http/],
  [
    'two kinds in one probe',
    'services: { a: { probes: [ {tcp: a:1, http: http://h/} ] } }',
    '1:27',
    /http and tcp need two items/,
  ],
  ['wrong type', 'services: { a: { probes: 5 } }', '1:25', /Expected a probe.*found the number 5/],
  ['list instead of a mapping', 'services: [a]', '1:10', /Expected a mapping from a service.*found a list/],
  [
    'bad duration',
    'defaults: { every: 10 }',
    '1:19',
    /duration with its unit, such as 10s, found the number 10/,
  ],
  ['bad duration word', 'defaults: { for: soon }', '1:17', /found "soon"/],
  ['too short an interval', 'defaults: { every: 10ms }', '1:19', /too short/],
  [
    'time-out as long as the interval',
    'services: { a: { probes: [ {tcp: a:1, every: 3s, timeout: 3s} ] } }',
    '1:27',
    /3s.*shorter than the interval \(3s\)/,
  ],
  [
    'bad URL',
    'services: { a: { probes: [ {http: localhost:8000} ] } }',
    '1:34',
    /a URL such as http.*found "localhost:8000"/,
  ],
  ['bad URL scheme', 'services: { a: { probes: [ {http: "ftp://h/"} ] } }', '1:34', /a URL such as/],
  ['bad port', 'services: { a: { probes: [ {tcp: "h:70000"} ] } }', '1:33', /host and port/],
  [
    'bad status',
    'services: { a: { probes: [ {http: http://h/, status: [okay]} ] } }',
    '1:54',
    /status code such as 200/,
  ],
  [
    'bad method',
    'services: { a: { probes: [ {http: http://h/, method: POST} ] } }',
    '1:53',
    /one of GET, HEAD, OPTIONS/,
  ],
  ['near miss of a word', 'environments: { prod: {consent: strct} }', '1:32', /did you mean "strict"/],
  ['bad colour', 'environments: { prod: {color: pink} }', '1:30', /one of green, yellow/],
  ['bad switch', 'discovery: { compose: maybe }', '1:22', /true or false, found "maybe"/],
  ['bad percentage', 'services: { a: { probes: [ {host: true, disk: 120%} ] } }', '1:46', /percentage/],
  ['bad time zone', 'incident: { timeZone: Europe/Berlim }', '1:22', /time zone such as/],
  [
    'required key missing',
    'services: { a: { probes: [ {prometheus: "http://p:9090"} ] } }',
    '1:27',
    /"query" is needed here/,
  ],
  [
    'required key empty',
    'services:\n  a:\n    probes:\n      - tcp:\n',
    '4:8',
    /"tcp" is needed here: a host and port/,
  ],
  [
    'dependency that does not exist',
    'services: { a: { dependsOn: [rediss] }, redis: {} }',
    '1:29',
    /no service "rediss".*"redis"/,
  ],
  ['dependency on itself', 'services: { a: { dependsOn: a } }', '1:28', /a → a/],
  [
    'circle of dependencies',
    'services:\n  a: { dependsOn: [b] }\n  b: { dependsOn: [c] }\n  c: { dependsOn: [a] }',
    '4:19',
    /a → b → c → a/,
  ],
  [
    'variable without a value',
    'services: { a: { title: "x ${NOPE}" } }',
    '1:24',
    /NOPE has no value.*\$\{NOPE:-value\}/,
  ],
  ['variable with its own message', 'services: { a: { title: "${NOPE:?ask Ops}" } }', '1:24', /ask Ops/],
  [
    'broken condition',
    'services: { a: { probes: { http: http://h/, when: [latency < ] } } }',
    '1:59',
    /condition cannot be read/,
  ],
  [
    'broken condition in quotes',
    `services: { a: { probes: { http: http://h/, when: ['status ==! 200'] } } }`,
    '1:61',
    /condition cannot be read/,
  ],
  [
    'condition about nothing known',
    'services: { a: { probes: { http: http://h/, when: [jsn.ok == true] } } }',
    '1:51',
    /"jsn" is not known/,
  ],
  [
    'condition about what another probe has',
    'services: { a: { probes: { http: http://h/, when: [value < 5] } } }',
    '1:51',
    /There is no "value".*expected one of status/,
  ],
  [
    'broken pattern',
    'services: { a: { probes: { http: http://h/, body: "(a" } } }',
    '1:50',
    /a regular expression/,
  ],
  ['password in a URL', 'services: { a: { probes: [ {http: "http://u:p@h/"} ] } }', '1:34', /credential/],
  [
    'literal password',
    'services: { a: { probes: [ {redis: h, password: hunter2} ] } }',
    '1:48',
    /\{ secret: NAME \}/,
  ],
  [
    'literal authorization header',
    'services: { a: { probes: [ {http: http://h/, headers: {Authorization: Bearer abcdefghijkl}} ] } }',
    '1:70',
    /looks like a credential|credentials must not/,
  ],
  [
    'token in a variable',
    'environments: { local: { variables: { API_TOKEN: abc } } }',
    '1:49',
    /looks like a credential/,
  ],
  [
    'token by its look, anywhere',
    'incident: { channels: { x: ghp_0123456789abcdefghij0123 } }',
    '1:27',
    /an access token/,
  ],
  ['include without a text', 'include: more.yaml', '1:9', /more.yaml cannot be read/],
  [
    'alias bomb',
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]`,
    '1:0',
    /repeats itself/,
  ],
];

for (const [name, text, at, says, options] of mistakes)
  test(`a mistake is told at its place: ${name}`, () => {
    const { problems } = parseConfig(text, file, options);
    const found = problems.map(({ line, startColumn, message }) => `${line}:${startColumn} ${message}`);
    assert.equal(problems.length, 1, found.join('\n'));
    const [problem] = problems;
    assert.equal(`${problem?.line}:${problem?.startColumn}`, at, found.join('\n'));
    assert.match(problem?.message ?? '', says);
    assert.ok((problem?.endColumn ?? 0) > (problem?.startColumn ?? 0));
    assert.equal(problem?.severity, 'error');
  });

test('one broken probe leaves the others in place', () => {
  const text = 'services: { a: { probes: [ {tcp: nowhere}, {tcp: "h:1"} ] }, b: { probes: {tcp: "h:2"} } }';
  const { config, problems } = parseConfig(text, file);
  assert.equal(problems.length, 1);
  assert.deepEqual(
    config?.services.map(service => service.probes.length),
    [1, 1],
  );
});

test('an empty file is a configuration with the environment local and nothing else', () => {
  for (const text of ['', '# nothing yet\n', 'services:\n']) {
    const { config, problems } = parseConfig(text, file);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      config?.environments.map(environment => environment.name),
      ['local'],
    );
    assert.deepEqual(config?.services, []);
  }
});

test('included files add services; the same name in two files is told with both places', () => {
  const main = 'include: [more.yaml, ops/deep.yaml]\nservices: { a: { dependsOn: [b] } }';
  assert.deepEqual(includedFiles(main, 'conf/watchkeeper.yaml'), ['conf/more.yaml', 'conf/ops/deep.yaml']);
  const { config, problems } = parseConfig(main, 'conf/watchkeeper.yaml', {
    texts: {
      'conf/more.yaml': 'services: { b: {}, a: {} }',
      'conf/ops/deep.yaml': 'include: ../more.yaml\nservices: { c: { probes: { tcp: nowhere } } }',
    },
  });
  assert.deepEqual(
    config?.services.map(service => service.id),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    problems.map(problem => `${problem.file}:${problem.line}:${problem.startColumn} ${problem.code}`),
    ['conf/more.yaml:1:19 duplicate', 'conf/ops/deep.yaml:2:32 type'],
  );
  assert.deepEqual(config?.files, ['conf/watchkeeper.yaml', 'conf/more.yaml', 'conf/ops/deep.yaml']);
});

test('anchors and merge keys are one way to say things twice, and x- keys are free', () => {
  const text = `x-often: &often { every: 5s, timeout: 1s }
services:
  a: { probes: [ { tcp: "h:1", <<: *often } ] }
  b: { <<: *often, probes: [ { tcp: "h:2", every: 7s } ] }
`;
  const { config, problems } = parseConfig(text, file);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    config?.services.map(({ probes }) => [probes[0]?.intervalMs, probes[0]?.timeoutMs]),
    [
      [5000, 1000],
      [7000, 1000],
    ],
  );
});

test('headers keep secrets as names', () => {
  const text =
    'services: { a: { probes: { http: http://h/, headers: { Accept: text/html, Authorization: { secret: T, prefix: "Bearer " } } } } }';
  const { config, problems } = parseConfig(text, file);
  assert.deepEqual(problems, []);
  const spec = config?.services[0]?.probes[0]?.spec;
  assert.deepEqual(spec?.kind === 'http' && spec.headers, {
    Accept: 'text/html',
    Authorization: 'Bearer secret:T',
  });
});

test('no text makes the parser throw, and every mark lies inside the text', () => {
  const pieces = [
    'services',
    'environments',
    'probes',
    'http',
    ':',
    ' ',
    '\n',
    '  ',
    '-',
    '{',
    '}',
    '[',
    ']',
  ];
  pieces.push(
    '"',
    "'",
    '&a',
    '*a',
    '<<',
    '${',
    '}',
    '|',
    '10s',
    'http://h/',
    '#',
    '\t',
    '!!',
    '%',
    'dependsOn',
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), parts => {
      const text = parts.join('');
      const lines = text.split('\n');
      for (const problem of parseConfig(text, file).problems) {
        const line = lines[problem.line - 1];
        assert.ok(line !== undefined, `line ${problem.line} of ${JSON.stringify(text)}`);
        assert.ok(problem.startColumn <= line.length && problem.endColumn > problem.startColumn);
      }
    }),
    { numRuns: 500 },
  );
});
