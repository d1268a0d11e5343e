import path from 'node:path';
import { errorText } from '../../base/errors.ts';
import { contextCandidate } from './dockerContext.ts';
import { type EngineCandidate, type EngineTls, toCandidate } from './endpoint.ts';
import type { EngineSurroundings } from './surroundings.ts';

/**
 * Where an engine may be, most explicit first. What a person named (setting, DOCKER_HOST, a context that is not
 * `default`) ends the list: going on would silently show the containers of another engine.
 */
export async function engineCandidates(from: EngineSurroundings): Promise<readonly EngineCandidate[]> {
  if (from.setting) return [toCandidate(from.setting, 'setting', await tlsFromEnv(from))];
  const host = from.env['DOCKER_HOST'];
  if (host) return [await hostCandidate(from, host)];
  const context = await contextCandidate(from);
  if (context !== undefined) return [context];
  return defaultSockets(from).map(({ file, origin }) => toCandidate(file, origin));
}

async function hostCandidate(from: EngineSurroundings, host: string): Promise<EngineCandidate> {
  try {
    return toCandidate(host, 'DOCKER_HOST', await tlsFromEnv(from));
  } catch (error) {
    return { endpoint: host, origin: 'DOCKER_HOST', address: undefined, problem: errorText(error) };
  }
}

/** The same rules as Docker's own client: DOCKER_TLS_VERIFY turns TLS on, certificates lie in DOCKER_CERT_PATH. */
async function tlsFromEnv(from: EngineSurroundings): Promise<EngineTls | undefined> {
  const isVerified = (from.env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  const isOn = isVerified || (from.env['DOCKER_TLS'] ?? '') !== '';
  if (!isOn) return undefined;
  const folder = from.env['DOCKER_CERT_PATH'] ?? path.join(from.homeDir, '.docker');
  const read = (name: string) => from.readText(path.join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ca, cert, key, isVerified };
}

function defaultSockets(from: EngineSurroundings): { file: string; origin: string }[] {
  if (from.platform === 'win32')
    return [
      { file: 'npipe:////./pipe/docker_engine', origin: 'default pipe' },
      { file: 'npipe:////./pipe/podman-machine-default', origin: 'Podman' },
    ];
  const runtimeDir =
    from.env['XDG_RUNTIME_DIR'] ?? (from.uid === undefined ? undefined : `/run/user/${from.uid}`);
  const rootless =
    runtimeDir === undefined ? [] : [{ file: `unix://${runtimeDir}/docker.sock`, origin: 'rootless' }];
  const podman =
    runtimeDir === undefined ? [] : [{ file: `unix://${runtimeDir}/podman/podman.sock`, origin: 'Podman' }];
  return [
    ...rootless,
    { file: 'unix:///var/run/docker.sock', origin: 'default socket' },
    { file: `unix://${from.homeDir}/.docker/run/docker.sock`, origin: 'Docker Desktop' },
    ...podman,
    { file: 'unix:///run/podman/podman.sock', origin: 'Podman' },
  ];
}
