import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { engineCandidates } from '../../../src/adapters/docker/candidates.ts';
import { parseEndpoint } from '../../../src/adapters/docker/endpoint.ts';
import { sshArguments } from '../../../src/adapters/docker/sshAgent.ts';
import type { EngineSurroundings } from '../../../src/adapters/docker/surroundings.ts';

test('addresses of engines are read in every form that people write', () => {
  const rows: [string, unknown][] = [
    ['unix:///run/docker.sock', { kind: 'socket', socketPath: '/run/docker.sock' }],
    ['/run/docker.sock', { kind: 'socket', socketPath: '/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', socketPath: '//./pipe/docker_engine' }],
    ['tcp://10.0.0.1:2375', { kind: 'tcp', host: '10.0.0.1', port: 2375, tls: undefined }],
    ['build-host', { kind: 'tcp', host: 'build-host', port: 2375, tls: undefined }],
    ['tcp://[::1]:1234', { kind: 'tcp', host: '::1', port: 1234, tls: undefined }],
    ['ssh://ops@box:2222', { kind: 'ssh', host: 'box', port: 2222, user: 'ops' }],
    ['ssh://box', { kind: 'ssh', host: 'box', port: undefined, user: '' }],
  ];
  for (const [text, value] of rows) assert.deepEqual(parseEndpoint(text), { ok: true, value }, text);
});

test('port 2376 and https mean TLS', () => {
  for (const text of ['tcp://h:2376', 'https://h']) {
    const result = parseEndpoint(text);
    assert.ok(
      result.ok && result.value.kind === 'tcp' && result.value.tls?.isVerified && result.value.port === 2376,
    );
  }
});

test('what is no address is told, not thrown', () => {
  for (const text of ['ftp://x', 'tcp://', '']) assert.equal(parseEndpoint(text).ok, false, text);
});

function surroundings(
  env: Record<string, string>,
  files: Record<string, string> = {},
  setting?: string,
): EngineSurroundings {
  return {
    setting,
    env,
    homeDir: '/home/u',
    uid: 1000,
    platform: 'linux',
    readText: async file => {
      const text = files[file];
      if (text === undefined) throw new Error(`no ${file}`);
      return text;
    },
  };
}

async function origins(from: EngineSurroundings): Promise<string[]> {
  return (await engineCandidates(from)).map(({ origin, endpoint }) => `${origin} ${endpoint}`);
}

const folder = createHash('sha256').update('colima').digest('hex');
const contextFiles = {
  '/home/u/.docker/config.json': '{"currentContext":"colima"}',
  [`/home/u/.docker/contexts/meta/${folder}/meta.json`]:
    '{"Name":"colima","Endpoints":{"docker":{"Host":"tcp://10.1.1.1:2376"}}}',
  [`/home/u/.docker/contexts/tls/${folder}/docker/ca.pem`]: 'CA',
};

test('the most explicit wish wins: setting, DOCKER_HOST, context', async () => {
  const env = { DOCKER_HOST: 'tcp://h:1' };
  assert.deepEqual(await origins(surroundings(env, contextFiles, '/my.sock')), ['setting /my.sock']);
  assert.deepEqual(await origins(surroundings(env, contextFiles)), ['DOCKER_HOST tcp://h:1']);
  assert.deepEqual(await origins(surroundings({}, contextFiles)), ['context colima tcp://10.1.1.1:2376']);
});

test('the environment wins over all of these, so that tree and terminals have the same engine', async () => {
  const base = surroundings({ DOCKER_HOST: 'tcp://h:1' }, contextFiles, '/my.sock');
  const withChoice = (choice: EngineSurroundings['choice']) =>
    origins({ ...base, ...(choice && { choice }) });
  assert.deepEqual(await withChoice({ environment: 'prod', host: 'ssh://ops@prod', context: 'colima' }), [
    'environment prod ssh://ops@prod',
  ]);
  assert.deepEqual(await withChoice({ environment: 'prod', context: 'colima' }), [
    'context colima tcp://10.1.1.1:2376',
  ]);
  assert.deepEqual(await withChoice({ environment: 'local', context: 'default' }), ['DOCKER_HOST tcp://h:1']);
  assert.deepEqual(await withChoice({ environment: 'local' }), ['setting /my.sock']);
});

test('a context brings its certificates', async () => {
  const [candidate] = await engineCandidates(surroundings({}, contextFiles));
  assert.ok(candidate?.address?.kind === 'tcp');
  assert.equal(candidate.address.tls?.ca, 'CA');
});

test('without any wish the usual sockets are tried, rootless first, Podman last', async () => {
  assert.deepEqual(await origins(surroundings({ XDG_RUNTIME_DIR: '/run/user/7' })), [
    'rootless unix:///run/user/7/docker.sock',
    'default socket unix:///var/run/docker.sock',
    'Docker Desktop unix:///home/u/.docker/run/docker.sock',
    'Podman unix:///run/user/7/podman/podman.sock',
    'Podman unix:///run/podman/podman.sock',
  ]);
});

test('the context "default" and a broken config file mean no context', async () => {
  for (const config of ['{"currentContext":"default"}', '{', '[]']) {
    const found = await origins(surroundings({}, { '/home/u/.docker/config.json': config }));
    assert.ok(found.includes('default socket unix:///var/run/docker.sock'), config);
  }
});

test('a context that is gone is told instead of quietly using another engine', async () => {
  const [only, ...others] = await engineCandidates(surroundings({ DOCKER_CONTEXT: 'gone' }));
  assert.equal(others.length, 0);
  assert.equal(only?.problem, 'context "gone" has no Docker endpoint');
});

test('ssh is asked for no password and never takes the host name for an option', () => {
  const args = sshArguments({ kind: 'ssh', host: '-oProxyCommand=x', port: 22, user: 'u' });
  assert.equal(args[args.indexOf('--') + 1], '-oProxyCommand=x');
  assert.ok(args.includes('BatchMode=yes'));
});
