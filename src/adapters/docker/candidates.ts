import path from 'node:path';
import { errorText } from '../../base/errors.ts';
import { contextCandidate, currentContext } from './dockerContext.ts';
import { type EngineCandidate, type EngineTls, toCandidate } from './endpoint.ts';
import type { EngineSurroundings } from './surroundings.ts';

/**
 * Where an engine may be, most explicit first. What a person named (environment, setting, DOCKER_HOST, a context that
 * is not `default`) ends the list: going on would silently show the containers of another engine. The environment is
 * asked before the setting, because its terminals are sent there too.
 */
export async function engineCandidates(from: EngineSurroundings): Promise<readonly EngineCandidate[]> {
  const { host: chosenHost, context: chosenContext, environment } = from.choice ?? {};
  if (chosenHost) return [toCandidate(chosenHost, `environment ${environment}`, await tlsFromEnv(from))];
  if (chosenContext !== undefined && chosenContext !== 'default')
    return [await contextCandidate(from, chosenContext)];
  if (from.setting && chosenContext === undefined)
    return [toCandidate(from.setting, 'setting', await tlsFromEnv(from))];
  const host = from.env['DOCKER_HOST'];
  if (host) return [await hostCandidate(from, host)];
  const context = chosenContext ?? (await currentContext(from));
  if (context !== undefined && context !== '' && context !== 'default')
    return [await contextCandidate(from, context)];
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
