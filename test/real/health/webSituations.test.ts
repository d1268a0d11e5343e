import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before } from 'node:test';
import type { Adapters } from '../../../src/adapters/adapters.ts';
import type { HttpProbeSpec } from '../../../src/domain/health/model.ts';
import { newAdapters, secrets, situations } from './parts/situation.ts';
import {
  chattyServer,
  listen,
  rudeServer,
  silentServer,
  type TestServer,
  webServer,
} from './parts/webServer.ts';

let adapters: Adapters;
const servers: Record<string, TestServer> = {};

before(async () => {
  adapters = newAdapters();
  secrets.set('TOKEN', 'right');
  secrets.set('OLD', 'wrong');
  servers['web'] = await listen(webServer());
  servers['web6'] = await listen(webServer(), '::1');
  servers['silent'] = await listen(silentServer());
  servers['ssh'] = await listen(chattyServer('SSH-2.0-OpenSSH_9.2\r\n'));
  servers['rude'] = await listen(rudeServer());
});

after(async () => {
  adapters.dispose();
  for (const server of Object.values(servers)) await server.close();
});

const port = (name: string) => servers[name]?.port ?? 0;
const web =
  (path: string, more: Partial<HttpProbeSpec> = {}) =>
  (): HttpProbeSpec => ({ kind: 'http', url: `http://127.0.0.1:${port('web')}${path}`, ...more });
const tcp = (name: string) => () => ({ kind: 'tcp', host: '127.0.0.1', port: port(name) }) as const;

situations(
  () => adapters,
  [
    { name: 'http: 200', spec: web('/ok'), verdict: 'up', seen: /^status 200$/ },
    { name: 'http: 204', spec: web('/no-content'), verdict: 'up', seen: /^status 204$/ },
    { name: 'http: HEAD', spec: web('/ok', { method: 'HEAD' }), verdict: 'up', seen: /^status 200$/ },
    {
      name: 'http: phases are told',
      spec: web('/ok'),
      verdict: 'up',
      seen: /200/,
      also: ({ phases = {} }) => assert.ok((phases.connectMs ?? 9e9) <= (phases.firstByteMs ?? -1)),
    },
    {
      name: 'http: refused',
      spec: { kind: 'http', url: 'http://127.0.0.1:1/' },
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'http: refused stays down under a condition about latency alone',
      spec: { kind: 'http', url: 'http://127.0.0.1:1/', conditions: ['latency < 500ms'] },
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'http: no such name',
      spec: { kind: 'http', url: 'http://testgen-service.invalid:8000/health' },
      verdict: 'unknown',
      seen: /unknown from here: (no such name|names cannot be resolved)/,
    },
    {
      name: 'http: accepts and says nothing',
      spec: () => ({ kind: 'http', url: `http://127.0.0.1:${port('silent')}/` }),
      verdict: 'down',
      seen: /^connected, but no answer within 400 ms$/,
      timeoutMs: 400,
    },
    {
      name: 'http: slow headers',
      spec: web('/slow-headers'),
      verdict: 'down',
      seen: /^connected, but no answer within 400 ms$/,
      timeoutMs: 400,
    },
    {
      name: 'http: slow body',
      spec: web('/slow-body'),
      verdict: 'down',
      seen: /^the answer did not end within 400 ms$/,
      timeoutMs: 400,
    },
    { name: 'http: endless body is cut', spec: web('/endless'), verdict: 'up', seen: /^status 200$/ },
    {
      name: 'http: endless body that must be judged',
      spec: web('/endless', { conditions: ['json.status == "ok"'] }),
      verdict: 'down',
      seen: /cannot be judged: the body is too long/,
    },
    { name: 'http: a stream of events', spec: web('/events'), verdict: 'up', seen: /^status 200$/ },
    {
      name: 'http: cut off in the body',
      spec: web('/cut'),
      verdict: 'down',
      seen: /connection closed by the other side/,
    },
    {
      name: 'http: hangs up without an answer',
      spec: web('/hang-up'),
      verdict: 'down',
      seen: /connection closed by the other side/,
    },
    {
      name: 'http: not HTTP at all',
      spec: () => ({ kind: 'http', url: `http://127.0.0.1:${port('ssh')}/` }),
      verdict: 'down',
      seen: /^the answer is not HTTP$/,
    },
    {
      name: 'http: redirect is followed and counted',
      spec: web('/moved'),
      verdict: 'up',
      seen: /200/,
      also: ({ facts }) => assert.equal(facts?.['redirects'], '1'),
    },
    {
      name: 'http: redirects not wanted',
      spec: web('/moved', { maxRedirects: 0 }),
      verdict: 'down',
      seen: /^status 301$/,
    },
    { name: 'http: redirect loop', spec: web('/loop'), verdict: 'down', seen: /^more than 5 redirects$/ },
    {
      name: 'http: redirect to a dead host',
      spec: web('/moved-away'),
      verdict: 'down',
      seen: /^connection refused$/,
    },
    { name: 'http: redirect to ftp', spec: web('/moved-ftp'), verdict: 'down', seen: /^redirect to ftp:/ },
    { name: 'http: 401', spec: web('/status/401'), verdict: 'down', seen: /^status 401$/ },
    { name: 'http: 404', spec: web('/status/404'), verdict: 'down', seen: /^status 404$/ },
    { name: 'http: 429', spec: web('/status/429'), verdict: 'degraded', seen: /^rate limited/ },
    { name: 'http: 500', spec: web('/status/500'), verdict: 'down', seen: /^status 500$/ },
    {
      name: 'http: 503, with what was wanted',
      spec: web('/status/503'),
      verdict: 'down',
      seen: /^status 503$/,
      also: ({ wanted }) => assert.equal(wanted, '2xx'),
    },
    {
      name: 'http: 401 is wanted',
      spec: web('/status/401', { status: ['2xx', '401'] }),
      verdict: 'up',
      seen: /^status 401$/,
    },
    {
      name: 'http: a status that means degraded',
      spec: web('/status/418', { degradedStatus: ['418'] }),
      verdict: 'degraded',
      seen: /418/,
    },
    {
      name: 'outside API: 401 is reachable',
      spec: web('/status/401', { isExternalApi: true }),
      verdict: 'up',
      seen: /^reachable, not authorised/,
    },
    {
      name: 'outside API: 403 is reachable',
      spec: web('/status/403', { isExternalApi: true }),
      verdict: 'up',
      seen: /^reachable, not authorised/,
    },
    {
      name: 'outside API: 404 on its front page is reachable',
      spec: web('/status/404', { isExternalApi: true }),
      verdict: 'up',
      seen: /^reachable \(status 404\)/,
    },
    {
      name: 'outside API: 429 is degraded',
      spec: web('/status/429', { isExternalApi: true }),
      verdict: 'degraded',
      seen: /^rate limited/,
    },
    {
      name: 'outside API: 503 is down',
      spec: web('/status/503', { isExternalApi: true }),
      verdict: 'down',
      seen: /503/,
    },
    {
      name: 'condition that holds',
      spec: web('/ok', { conditions: ['json.status == "ok"', 'latency < 900ms', 'json.checks[0].up'] }),
      verdict: 'up',
      seen: /200/,
    },
    {
      name: 'condition that fails shows what it saw',
      spec: web('/sick', { conditions: ['json.status == "ok"'] }),
      verdict: 'down',
      seen: /^json.status is "degraded"$/,
    },
    {
      name: 'condition on a fraction',
      spec: web('/sick', { conditions: ['json.load <= 0.9'] }),
      verdict: 'down',
      seen: /^json.load is 0.99$/,
    },
    {
      name: 'condition on a field that is not there',
      spec: web('/ok', { conditions: ['json.latency < 500'] }),
      verdict: 'down',
      seen: /^cannot be judged: json.latency is absent$/,
    },
    {
      name: 'condition on a body that is no JSON',
      spec: web('/html', { conditions: ['json.status == "ok"'] }),
      verdict: 'down',
      seen: /^cannot be judged: the body is not JSON$/,
    },
    {
      name: 'condition on an empty body',
      spec: web('/empty', { conditions: ['json.a == 1'] }),
      verdict: 'down',
      seen: /not JSON/,
    },
    {
      name: 'condition with a mistake',
      spec: web('/ok', { conditions: ['status = 200'] }),
      verdict: 'unknown',
      seen: /write ==/,
    },
    { name: 'body matches', spec: web('/html', { bodyPattern: '^<html>' }), verdict: 'up', seen: /200/ },
    {
      name: 'body does not match',
      spec: web('/html', { bodyPattern: 'Welcome' }),
      verdict: 'down',
      seen: /^the body does not match$/,
    },
    {
      name: 'a pattern that would hang another engine',
      spec: web('/html', { bodyPattern: '^(([a-z< >0-9])+.)+[A-Z]([a-z])+$' }),
      verdict: 'down',
      seen: /^the body does not match$/,
    },
    {
      name: 'a pattern that is none',
      spec: web('/ok', { bodyPattern: '(' }),
      verdict: 'unknown',
      seen: /no(t a)? pattern/,
    },
    {
      name: 'secret in a header: right',
      spec: web('/auth', { headers: { Authorization: 'Bearer secret:TOKEN' } }),
      verdict: 'up',
      seen: /200/,
    },
    {
      name: 'secret in a header: wrong',
      spec: web('/auth', { headers: { Authorization: 'Bearer secret:OLD' } }),
      verdict: 'down',
      seen: /401/,
    },
    {
      name: 'secret in a header: not set',
      spec: web('/auth', { headers: { Authorization: 'Bearer secret:NONE' } }),
      verdict: 'unknown',
      seen: /the secret "NONE" is not set/,
    },
    {
      name: 'an address that is none',
      spec: { kind: 'http', url: 'localhost' },
      verdict: 'unknown',
      seen: /not an http/,
    },
    {
      name: 'http: IPv6 only',
      spec: () => ({ kind: 'http', url: `http://[::1]:${port('web6')}/ok` }),
      verdict: 'up',
      seen: /200/,
    },
    {
      name: 'http: a name whose server listens on IPv6 only',
      spec: () => ({ kind: 'http', url: `http://localhost:${port('web6')}/ok` }),
      verdict: execFileSync('getent', ['ahosts', 'localhost']).includes('::1') ? 'up' : 'down',
      seen: /200|refused/,
    },
    { name: 'tcp: open', spec: tcp('silent'), verdict: 'up', seen: /^accepts connections$/ },
    {
      name: 'tcp: refused',
      spec: { kind: 'tcp', host: '127.0.0.1', port: 1 },
      verdict: 'down',
      seen: /refused/,
    },
    {
      name: 'tcp: no such name',
      spec: { kind: 'tcp', host: 'redis.invalid', port: 6379 },
      verdict: 'unknown',
      seen: /unknown from here/,
    },
    {
      name: 'dns: localhost',
      spec: { kind: 'dns', name: 'localhost', recordType: 'A', expect: '127.0.0.1' },
      verdict: 'up',
      seen: /127\.0\.0\.1/,
    },
    {
      name: 'dns: another address than expected',
      spec: { kind: 'dns', name: 'localhost', recordType: 'A', expect: '10.0.0.1' },
      verdict: 'down',
      seen: /127\.0\.0\.1/,
    },
    {
      name: 'dns: a record type that there is not',
      spec: { kind: 'dns', name: 'localhost', recordType: 'FOO' },
      verdict: 'unknown',
      seen: /"FOO" is not supported/,
    },
    {
      name: 'redis: nothing there',
      spec: { kind: 'redis', host: '127.0.0.1', port: 1 },
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'redis: a web server',
      spec: () => ({ kind: 'redis', host: '127.0.0.1', port: port('web') }),
      verdict: 'down',
      seen: /does not speak Redis|closed by the other side/,
    },
    {
      name: 'redis: accepts and says nothing',
      spec: () => ({ kind: 'redis', host: '127.0.0.1', port: port('silent') }),
      verdict: 'down',
      seen: /no answer within 400 ms|no connection within 400 ms/,
      timeoutMs: 400,
    },
    {
      name: 'redis: hangs up',
      spec: () => ({ kind: 'redis', host: '127.0.0.1', port: port('rude') }),
      verdict: 'down',
      seen: /closed by the other side/,
    },
    {
      name: 'redis: no such name',
      spec: { kind: 'redis', host: 'redis.invalid', port: 6379 },
      verdict: 'unknown',
      seen: /unknown from here/,
    },
    {
      name: 'postgres: a web server',
      spec: () => ({ kind: 'postgres', host: '127.0.0.1', port: port('web') }),
      verdict: 'down',
      seen: /does not speak PostgreSQL|closed by the other side/,
    },
    {
      name: 'postgres: an SSH server',
      spec: () => ({ kind: 'postgres', host: '127.0.0.1', port: port('ssh') }),
      verdict: 'down',
      seen: /does not speak PostgreSQL/,
    },
    {
      name: 'postgres: accepts and says nothing',
      spec: () => ({ kind: 'postgres', host: '127.0.0.1', port: port('silent') }),
      verdict: 'down',
      seen: /^connected, but no answer within 400 ms$/,
      timeoutMs: 400,
    },
    {
      name: 'postgres: hangs up',
      spec: () => ({ kind: 'postgres', host: '127.0.0.1', port: port('rude') }),
      verdict: 'down',
      seen: /closed by the other side/,
    },
    { name: 'command: exit 0', spec: { kind: 'command', command: 'true' }, verdict: 'up', seen: /^exit 0$/ },
    {
      name: 'command: exit 3 with its last line',
      spec: { kind: 'command', command: 'echo sick; exit 3' },
      verdict: 'down',
      seen: /^exit 3: sick$/,
    },
    {
      name: 'command: not there',
      spec: { kind: 'command', command: 'no-such-tool --check' },
      verdict: 'unknown',
      seen: /cannot be run here/,
    },
    {
      name: 'command: does not end, nor does its child',
      spec: { kind: 'command', command: 'sleep 30 & wait; sleep 30' },
      verdict: 'down',
      seen: /did not end in time/,
      timeoutMs: 300,
    },
    { name: 'host', spec: { kind: 'host' }, verdict: 'up', seen: /^memory \d+ %, disk \d+ %$/ },
    {
      name: 'host: memory above its limit',
      spec: { kind: 'host', warnMemoryPercent: 0.01 },
      verdict: 'degraded',
      seen: /^memory \d+ %$/,
    },
    {
      name: 'host: a folder that is not there',
      spec: { kind: 'host', path: '/nowhere', warnDiskPercent: 90 },
      verdict: 'unknown',
      seen: /cannot be read/,
    },
    {
      name: 'container: no engine',
      spec: { kind: 'container', container: { by: 'name', name: 'web' } },
      verdict: 'unknown',
      seen: /^no container engine answers$/,
    },
    {
      name: 'engine: none',
      spec: { kind: 'engine' },
      verdict: 'unknown',
      seen: /^no container engine answers$/,
    },
    {
      name: 'metrics: a page of HTML',
      spec: () => ({ kind: 'metrics', url: `http://127.0.0.1:${port('web')}/html`, series: ['up'] }),
      verdict: 'down',
      seen: /line 1 is no metric/,
    },
    {
      name: 'metrics: silent',
      spec: () => ({ kind: 'metrics', url: `http://127.0.0.1:${port('silent')}/`, series: ['up'] }),
      verdict: 'down',
      seen: /within 400 ms/,
      timeoutMs: 400,
    },
    {
      name: 'prometheus: refused',
      spec: { kind: 'prometheus', url: 'http://127.0.0.1:1', query: 'up' },
      verdict: 'down',
      seen: /^connection refused$/,
    },
    {
      name: 'prometheus: another server',
      spec: () => ({ kind: 'prometheus', url: `http://127.0.0.1:${port('web')}`, query: 'up' }),
      verdict: 'unknown',
      seen: /not from Prometheus/,
    },
  ],
);
