import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { engineCandidates } from '../../../src/adapters/docker/candidates.ts';
import { DockerEngine } from '../../../src/adapters/docker/dockerEngine.ts';
import type { EngineSurroundings } from '../../../src/adapters/docker/surroundings.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { ContainerEvent, EngineState } from '../../../src/ports.ts';
import { freePort } from '../../../tools/lib/vscodeServer.ts';
import { type DockerPart, startDocker } from '../../parts/docker.ts';
import { type PodmanPart, startPodman } from '../../parts/podman.ts';
import { type SshPart, startSsh } from '../../parts/ssh.ts';
import { makeAuthority } from './parts/certificates.ts';
import { until } from './parts/engine.ts';

const execFileAsync = promisify(execFile);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-ends-'));
const home = path.join(folder, 'home');
const authority = makeAuthority();
const stranger = makeAuthority();
let docker: DockerPart;
let podman: PodmanPart;
let ssh: SshPart;
let tlsPort: number;
let pathBefore: string | undefined;

before(
  async () => {
    fs.mkdirSync(home);
    writeCertificates('certs', authority.ca);
    writeCertificates('other-certs', stranger.ca);
    fs.mkdirSync(path.join(folder, 'no-certs'));
    fs.writeFileSync(path.join(folder, 'no-certs', 'ca.pem'), authority.ca);
    tlsPort = await freePort();
    const at = (name: string) => path.join(folder, 'certs', name);
    docker = await startDocker(
      ['busybox'],
      [
        ...['--host', `tcp://127.0.0.1:${tlsPort}`, '--tlsverify', '--tlscacert', at('ca.pem')],
        ...['--tlscert', at('cert.pem'), '--tlskey', at('key.pem')],
      ],
    );
    [ssh, podman] = await Promise.all([startSsh({ DOCKER_HOST: docker.endpoint }), startPodman()]);
    pathBefore = process.env['PATH'];
  },
  { timeout: 240_000 },
);

after(async () => {
  if (pathBefore !== undefined) process.env['PATH'] = pathBefore;
  await Promise.all([docker?.stop(), podman?.stop(), ssh?.stop()]);
  fs.rmSync(folder, { recursive: true, force: true });
});

function writeCertificates(name: string, ca: string): void {
  const place = path.join(folder, name);
  fs.mkdirSync(place);
  const { cert, key } = authority.good;
  for (const [file, text] of Object.entries({ 'ca.pem': ca, 'cert.pem': cert, 'key.pem': key }))
    fs.writeFileSync(path.join(place, file), text);
}

type Scene = Partial<Pick<EngineSurroundings, 'setting' | 'choice' | 'env' | 'homeDir' | 'uid'>>;

function engineIn(scene: Scene): DockerEngine {
  const surroundings: EngineSurroundings = {
    setting: undefined,
    env: {},
    homeDir: home,
    uid: 4_711,
    platform: 'linux',
    readText: file => fs.promises.readFile(file, 'utf8'),
    ...scene,
  };
  return new DockerEngine({
    candidates: () => engineCandidates(surroundings),
    clock: systemClock,
    random: () => 0,
    connectTimeoutMs: 15_000,
  });
}

/** Connects, and uses each of the ways to an engine: short request, event stream, a log to its end, a followed one. */
async function exercise(scene: Scene, cli: string, origin: string): Promise<void> {
  const engine = engineIn(scene);
  const run = async (...args: readonly string[]) =>
    (await execFileAsync('docker', ['-H', cli, ...args])).stdout.trim();
  try {
    await engine.start();
    const state: EngineState = engine.state;
    assert.equal(state.kind, 'connected', JSON.stringify(state));
    assert.equal(state.kind === 'connected' && state.info.origin, origin);
    assert.match(state.kind === 'connected' ? state.info.version : '', /^\d+\./);
    const events: ContainerEvent[] = [];
    engine.onDidEvent(event => events.push(event));
    const id = await run('run', '-d', '--network=host', '--label', 'wk=ends', 'busybox', 'sh', '-c', talk);
    await until(() => events.find(event => event.containerId === id && event.action === 'start'));
    const stop = new AbortController();
    const chunks: Uint8Array[] = [];
    const followed = engine.openLog(id, { follow: true }, chunk => chunks.push(chunk), stop.signal);
    await until(() => (Buffer.concat(chunks).includes('two') ? true : undefined));
    stop.abort();
    await followed;
    assert.ok((await engine.list()).some(row => row.id === id && row.state === 'running'));
    await run('kill', id);
    const died = await until(() => events.find(event => event.containerId === id && event.action === 'die'));
    assert.equal(died.exitCode, 137);
    const detail = await engine.inspect(id);
    assert.equal(detail?.exitCode, 137);
    const whole: Uint8Array[] = [];
    await engine.openLog(id, { follow: false }, chunk => whole.push(chunk), new AbortController().signal);
    assert.match(Buffer.concat(whole).toString('latin1'), /one.*two/s);
    await run('rm', '-f', id);
    assert.equal(await engine.inspect(id), undefined);
  } finally {
    engine.dispose();
  }
}

const talk = 'echo one; sleep 0.3; echo two; sleep 1000';

/** What the view shows of an engine that cannot be reached. */
async function problems(scene: Scene): Promise<readonly string[]> {
  const engine = engineIn(scene);
  try {
    await engine.start();
    const state: EngineState = engine.state;
    assert.equal(state.kind, 'absent', JSON.stringify(state));
    return state.kind === 'absent'
      ? state.attempts.map(({ endpoint, origin, problem }) => `${endpoint} (${origin}): ${problem}`)
      : [];
  } finally {
    engine.dispose();
  }
}

const tlsEnv = (
  certificates: string,
  more: Readonly<Record<string, string>> = { DOCKER_TLS_VERIFY: '1' },
) => ({
  DOCKER_HOST: `tcp://127.0.0.1:${tlsPort}`,
  DOCKER_CERT_PATH: path.join(folder, certificates),
  ...more,
});

test('DOCKER_HOST with TLS on both sides', { timeout: 60_000 }, () =>
  exercise({ env: tlsEnv('certs') }, docker.endpoint, 'DOCKER_HOST'),
);

test('DOCKER_TLS without verification takes an engine that others would not', { timeout: 60_000 }, () =>
  exercise({ env: tlsEnv('other-certs', { DOCKER_TLS: '1' }) }, docker.endpoint, 'DOCKER_HOST'),
);

test('TLS that fails says why: an authority that is not ours, no certificate of our own, no TLS at all', async () => {
  assert.match(
    (await problems({ env: tlsEnv('other-certs') })).join(),
    /DOCKER_HOST\): the engine's certificate is not signed by an authority/,
  );
  assert.match((await problems({ env: tlsEnv('no-certs') })).join(), /the engine wants a certificate of us/);
  const plain = { DOCKER_HOST: `tcp://127.0.0.1:${tlsPort}` };
  assert.match((await problems({ env: plain })).join(), /the engine speaks TLS: set DOCKER_TLS_VERIFY/);
});

test("a context that Docker's own client made, with its certificates", { timeout: 60_000 }, async () => {
  const config = path.join(folder, 'docker-config');
  const at = (name: string) => path.join(folder, 'certs', name);
  const material = `ca=${at('ca.pem')},cert=${at('cert.pem')},key=${at('key.pem')}`;
  const env = { ...process.env, DOCKER_CONFIG: config };
  const cli = (...args: readonly string[]) => execFileAsync('docker', ['context', ...args], { env });
  await cli('create', 'far', '--docker', `host=tcp://127.0.0.1:${tlsPort},${material}`);
  await cli('create', 'near', '--docker', `host=${docker.endpoint}`);
  await cli('use', 'far');
  await exercise({ env: { DOCKER_CONFIG: config } }, docker.endpoint, 'context far');
  await exercise({ env: { DOCKER_CONFIG: config, DOCKER_CONTEXT: 'near' } }, docker.endpoint, 'context near');
  const chosen = { choice: { environment: 'staging', context: 'near' } };
  await exercise({ ...chosen, env: { DOCKER_CONFIG: config } }, docker.endpoint, 'context near');
  const gone = await problems({ env: { DOCKER_CONFIG: config, DOCKER_CONTEXT: 'gone' } });
  assert.deepEqual(gone, ['gone (context gone): context "gone" has no Docker endpoint']);
});

test("ssh, through the user's own ssh", { timeout: 60_000 }, async () => {
  const env = { DOCKER_HOST: `ssh://${ssh.user}@127.0.0.1:${ssh.port}` };
  process.env['PATH'] = `${ssh.programFolder}:${pathBefore}`;
  await exercise({ env }, docker.endpoint, 'DOCKER_HOST');
  process.env['PATH'] = `${ssh.strangerFolder}:${pathBefore}`;
  assert.match((await problems({ env })).join(), /DOCKER_HOST\): .*Permission denied \(publickey/);
  process.env['PATH'] = `${ssh.programFolder}:${pathBefore}`;
  const refused = { DOCKER_HOST: `ssh://${ssh.user}@127.0.0.1:1` };
  assert.match((await problems({ env: refused })).join(), /DOCKER_HOST\): .*Connection refused/);
});

test('without a word about it: rootless first, then the default socket, then Podman', {
  timeout: 60_000,
}, async () => {
  const runtime = path.join(folder, 'run');
  fs.mkdirSync(path.join(runtime, 'podman'), { recursive: true });
  const env = { XDG_RUNTIME_DIR: runtime };
  fs.symlinkSync(podman.socketPath, path.join(runtime, 'podman', 'podman.sock'));
  const isMachineFree = !fs.existsSync('/var/run/docker.sock');
  if (isMachineFree) await exercise({ env }, podman.endpoint, 'Podman');
  fs.symlinkSync(docker.socketPath, path.join(runtime, 'docker.sock'));
  await exercise({ env }, docker.endpoint, 'rootless');
});

test('Podman by setting', { timeout: 60_000 }, () =>
  exercise({ setting: podman.endpoint }, podman.endpoint, 'setting'),
);

test('what was tried is told place by place, and what a person named ends the search', async () => {
  const runtime = path.join(folder, 'empty-run');
  const tried = await problems({ env: { XDG_RUNTIME_DIR: runtime, DOCKER_HOST: 'unix:///nowhere.sock' } });
  assert.deepEqual(tried, ['unix:///nowhere.sock (DOCKER_HOST): no such socket']);
  assert.match(
    (await problems({ setting: 'gopher://x' })).join(),
    /\(setting\): .*gopher:\/\/ is not supported/,
  );
  if (fs.existsSync('/var/run/docker.sock') || fs.existsSync('/run/podman/podman.sock')) return;
  assert.deepEqual(
    (await problems({ env: { XDG_RUNTIME_DIR: runtime } })).map(row => row.replace(/^unix:\/\//, '')),
    [
      `${runtime}/docker.sock (rootless): no such socket`,
      '/var/run/docker.sock (default socket): no such socket',
      `${home}/.docker/run/docker.sock (Docker Desktop): no such socket`,
      `${runtime}/podman/podman.sock (Podman): no such socket`,
      '/run/podman/podman.sock (Podman): no such socket',
    ],
  );
});
