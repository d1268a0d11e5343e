import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDotEnv, secretValues } from '../../../src/domain/incident/knownSecrets.ts';
import { toPlainText } from '../../../src/domain/incident/plainText.ts';
import { Redactor } from '../../../src/domain/incident/redact.ts';
import { sha256 } from './makeEvents.ts';

const redactor = (knownValues: readonly string[] = [], key = 'k') =>
  new Redactor({ knownValues, sha256, key });
const redact = (text: string) => redactor().redact(text).text;

// Put together at run time, so that no scanner takes the tests themselves for a leak.
const secret = (...parts: readonly string[]) => parts.join('');
const letters = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY';
const jwt = secret(
  'eyJhbGciOiJIUzI1NiJ9.',
  'eyJzdWIiOiIxMjM0NTY3ODkwIn0.',
  'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
);

/** Text before, the secret in it, text after: only the middle may go. */
const positives: readonly (readonly [before: string, secret: string, after: string])[] = [
  ["conn = psycopg2.connect('postgresql://user:", 'p4ss', "@postgres:5432/db')"],
  ['redis://:', 's3cr3t', '@redis:6379/0'],
  ['amqp://guest:', 'p@ss', '@rabbit:5672'],
  ['curl -H "Authorization: Bearer ', `tok-${letters}`, '" https://api.openai.com/v1/models'],
  ['authorization: Basic ', 'dXNlcjpwYXNz', ''],
  ['{"Authorization":"Bearer ', letters, '"}'],
  ['x-api-key: ', letters, ''],
  ['Set-Cookie: ', 'session=abcdef0123456789; Path=/', ''],
  ['https://hooks.slack.com/services/', 'T0001/B0002/XXXXyyyyZZZZ1234', ''],
  ['key is ', secret('sk-', 'proj-', letters), ' ok'],
  ['key is ', secret('sk-', 'ant-', letters), ''],
  ['bot ', secret('xoxb', '-1234567890-', letters), ''],
  ['git clone with ', secret('ghp', '_', letters, 'abcd'), ''],
  ['', secret('github', '_pat_', letters), ''],
  ['', secret('glpat', '-', letters), ''],
  ['', secret('AK', 'IA', 'IOSFODNN7EXAMPLE'), ''],
  ['', secret('AI', 'za', letters, '12345'), ''],
  ['', secret('gl', 'sa_', letters), ''],
  ['cookie jar ', jwt, ' end'],
  ['OPENAI_API_KEY=', letters, ''],
  ['export DB_PASSWORD="', 'correct horse', '"'],
  ["MYSQL_PWD='", 'hunter2', "'"],
  ['{"password": "', 'hun\\"ter2', '", "user": "kim"}'],
  ['{\\"api_key\\":\\"', 'abc123', '\\",\\"a\\":1}'],
  ['  password: ', 'hunter2', ''],
  ['- DB_PASSWORD: ', 'hunter2', ''],
  ['PGPASSWORD=', 'hunter2', ' psql -h postgres'],
  ['REDISCLI_AUTH=', 'hunter2', ' redis-cli ping'],
  ['redis-cli -h redis -a ', 'hunter2', ' info'],
  ['redis-cli AUTH ', 'hunter2', ''],
  ['mysqldump --password=', 'hunter2', ' db'],
  ['tool --token ', 'abc123def', ' run'],
  ['curl -s -u admin:', 'hunter2', ' http://grafana:3000/api'],
  ["ALTER USER kim WITH PASSWORD '", 'hunter2', "';"],
  ['https://bucket/x?X-Amz-Signature=', 'fe5f80f77d5fa3beca038a248ff027d0445342fe', '&a=1'],
  ['routing_key=', 'abc123def456', ''],
  ['SENTRY_DSN=', 'https://abc123@sentry.example/1', ''],
];

const negatives: readonly string[] = [
  'FATAL:  password authentication failed for user "testgen"',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'commit 6f783ef0a1b2c3d4e5f60718293a4b5c6d7e8f90',
  'container 4f5e6d7c8b9a0123456789abcdef0123456789abcdef0123456789abcdef0123 died',
  'trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7',
  'llm_tokens_total{model="x"} 12345',
  'max_tokens=4096 temperature=0.2',
  'tokens_used: 1234',
  'total_tokens=77',
  'invalid token: expired',
  'SyntaxError: Unexpected token } in JSON at position 4',
  'PWD=/app/service',
  'curl -H "Authorization: Bearer $OPENAI_API_KEY" https://api.openai.com/v1/models',
  'export OPENAI_API_KEY=${OPENAI_API_KEY}',
  'password: <your password>',
  'DB_PASSWORD=********',
  'POSTGRES_PASSWORD_FILE=/run/secrets/postgres',
  'secretName: testgen-tls',
  'docker run -u 1000:1000 image',
  'http://grafana:3000/d/testgen-overview?from=1&to=2',
  'http://localhost:8000/health',
  'mailto: kim@example.com',
  'redis://redis:6379/0',
  'http_requests_total{code="500"} 42 1795287354',
  '2026-11-21T10:05:02.113Z ERROR connection refused to postgres:5432',
  'inc-20261121-k7qd',
  '01M7ZRBZ0123456789ABCDEFGH:17',
  'keyboard interrupt: monkey=12 primary_key=7',
  'Set keyspace to 1',
  'the bearer of this message',
  'docker exec testgen-copilot env | grep API_KEY',
  'token_type: bearer',
  'task-runner sk-learn pipeline',
  'ssh -p 2222 host',
  'mkdir -p /tmp/testgen-cache',
  '**Next Update**: {Timestamp + 30 minutes}',
];

for (const [before, value, after] of positives)
  test(`masked: ${before}…${after}`, () => {
    const { text, count } = redactor().redact(before + value + after);
    assert.doesNotMatch(text, new RegExp(value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), text);
    assert.ok(text.startsWith(before.trimEnd()) && text.endsWith(after), text);
    assert.equal(count, 1, text);
    assert.match(text, /«redacted:[a-z]+ [0-9a-f]{4}»/);
  });

for (const text of negatives)
  test(`left alone: ${text}`, () => {
    assert.equal(redact(text), text);
  });

const corpus = [...positives.map(parts => parts.join('')), ...negatives].join('\n');

test('redacting twice changes nothing', () => {
  const once = redact(corpus);
  assert.equal(redact(once), once);
});

test('the same text comes out however it is cut into chunks', () => {
  const whole = redact(corpus);
  fc.assert(
    fc.property(fc.array(fc.nat(corpus.length), { maxLength: 40 }), cuts => {
      const stream = redactor().stream();
      let out = '';
      let from = 0;
      for (const at of [...cuts].sort((a, b) => a - b)) {
        out += stream.push(corpus.slice(from, at));
        from = at;
      }
      assert.equal(out + stream.push(corpus.slice(from)) + stream.end(), whole);
    }),
    { numRuns: 60 },
  );
});

test('every size of chunk from 1 to 60 gives the same', () => {
  const whole = redact(corpus);
  for (let size = 1; size <= 60; size++) {
    const stream = redactor().stream();
    let out = '';
    for (let at = 0; at < corpus.length; at += size) out += stream.push(corpus.slice(at, at + size));
    assert.equal(out + stream.end(), whole, `chunks of ${size}`);
  }
});

test('colours inside a secret do not hide it', () => {
  const { text } = redactor().redact('DB_PASSWORD=\x1b[31mhun\x1b[0mter2\x1b]0;title\x07 ok');
  assert.match(text, /^DB_PASSWORD=«redacted:secret [0-9a-f]{4}» ok$/);
  assert.equal(toPlainText('\x1b[1;32mok\x1b[0m\tdone\r\n'), 'ok\tdone\r\n');
});

test('one secret has one tag, two secrets have two, and another key gives other tags', () => {
  const { text } = redactor().redact('A_TOKEN=abc123x\nB_TOKEN=abc123x\nC_TOKEN=zzz999y');
  const tags = [...text.matchAll(/ ([0-9a-f]{4})»/g)].map(match => match[1]);
  assert.equal(tags[0], tags[1]);
  assert.notEqual(tags[0], tags[2]);
  assert.notEqual(
    redactor([], 'other').redact('A_TOKEN=abc123x').text,
    redactor().redact('A_TOKEN=abc123x').text,
  );
});

test('known values are masked plain, URL-encoded, in JSON and in base64 at every offset', () => {
  const value = 'Tr0ub4dor&3"ok';
  const masker = redactor([value]);
  const shown = [
    value,
    encodeURIComponent(value),
    JSON.stringify({ a: value }),
    ...['', 'a:', 'ab:'].map(user => Buffer.from(`${user}${value}!`).toString('base64')),
  ];
  for (const text of shown) {
    const masked = masker.redact(`got ${text} there`).text;
    assert.match(masked, /«redacted:value/, text);
    assert.ok(
      !Buffer.from(masked.split(' ')[1] ?? '', 'base64')
        .toString()
        .includes('0ub4dor'),
      text,
    );
  }
});

test('plain words and short values are not hunted through the timeline', () => {
  const text = 'postgres is down, admin was called, port 5432';
  assert.equal(redactor(['postgres', 'admin', 'abc', '5432']).redact(text).text, text);
});

test('values of secret names are found in an environment and in a .env file', () => {
  const variables = parseDotEnv(
    'export DB_PASSWORD="a b#c"\n# x\nAPI_KEY=k1k2k3 # note\nPORT=80\nPWD=/app\nTOKEN_FILE=/run/x\n',
  );
  assert.deepEqual(secretValues(variables), ['a b#c', 'k1k2k3']);
});

test('a private key goes as a whole, in lines, behind prefixes, and in one line of JSON', () => {
  const begin = secret('-----BEGIN RSA ', 'PRIVATE KEY-----');
  const end = secret('-----END RSA ', 'PRIVATE KEY-----');
  const body = Array.from({ length: 20 }, () => letters + letters);
  const lines = [begin, ...body, 'abcd=', end];
  assert.equal(redact(['before', ...lines, 'after'].join('\n')), 'before\n«redacted:private key»\nafter');
  const prefixed = lines.map(line => `app-1  | ${line}`);
  assert.equal(
    redact([...prefixed, 'app-1  | ready to serve'].join('\n')),
    'app-1  | «redacted:private key»\napp-1  | ready to serve',
  );
  assert.equal(redact(`{"k":"${begin}\\n${letters}\\n${end}\\n"}`), '{"k":"«redacted:private key»\\n"}');
  assert.equal(
    redact(`${begin}\n${letters}\nnot a key line at all.\nPORT=80`),
    '«redacted:private key»\nnot a key line at all.\nPORT=80',
  );
});

test('hostile lines of 100 KB cost milliseconds', () => {
  const size = 100_000;
  const hostile = [
    'a'.repeat(size),
    'a://'.repeat(size / 4),
    'a:b:'.repeat(size / 4),
    'password'.repeat(size / 8),
    'password='.repeat(size / 9),
    'token: '.repeat(size / 7),
    'eyJ'.repeat(size / 3),
    `${'eyJabcdefgh.'.repeat(size / 12)}`,
    'Authorization: '.repeat(size / 15),
    secret('-----BEGIN ', 'PRIVATE KEY-----').repeat(size / 27),
    '\x1b['.repeat(size / 2),
    '\x1b]'.repeat(size / 2),
    '"password":"\\'.repeat(size / 13),
    'redis-cli '.repeat(size / 10),
    'curl -u '.repeat(size / 8),
    'cookie: '.repeat(size / 8),
    'sk-'.repeat(size / 3),
    'bearer '.repeat(size / 7),
    ' '.repeat(size),
    `${' '.repeat(size - 20)}password: x`,
  ];
  for (const text of hostile) {
    const started = performance.now();
    redact(text);
    const tookMs = performance.now() - started;
    assert.ok(tookMs < 10_000, `${text.slice(0, 20)}… took ${Math.round(tookMs)} ms`);
  }
});

test('a line that is too long is cut where a word ends, and the next line is whole again', () => {
  const line = `${'word '.repeat(20_000)}DB_PASSWORD=hunter2`;
  const { text } = redactor().redact(`${line}\nnext line\n`);
  assert.match(text, / … \(line cut\)\nnext line\n$/);
  assert.ok(text.length < 66_000);
});

test('of both seed runbooks only the password in the connection string is masked', t => {
  const seeds = path.resolve(import.meta.dirname, '../../../../shared/seeds');
  if (!fs.existsSync(seeds)) return t.skip('../shared/seeds is absent');
  const changed = ['service-down.md', 'incident-response.md'].flatMap(name => {
    const text = fs.readFileSync(path.join(seeds, name), 'utf8');
    const [before, after] = [text.split('\n'), redact(text).split('\n')];
    assert.equal(before.length, after.length);
    return before.flatMap((line, index) => (line === after[index] ? [] : [`${name}:${index + 1}`]));
  });
  assert.deepEqual(changed, ['service-down.md:136']);
});

test('the password inside of an address is a secret wherever it stands, as written and as typed', () => {
  const values = secretValues({
    DATABASE_URL: 'postgres://app:p%40ss-word@db:5432/app',
    HOME_PAGE: 'https://a.b/c',
  });
  assert.deepEqual(values, ['p%40ss-word', 'p@ss-word']);
});
