import { createHash } from 'node:crypto';
import path from 'node:path';
import { type EngineCandidate, type EngineTls, toCandidate } from './endpoint.ts';
import type { EngineSurroundings } from './surroundings.ts';

/** Name of the Docker context in use: DOCKER_CONTEXT, else `currentContext` of config.json. */
export async function currentContext(from: EngineSurroundings): Promise<string | undefined> {
  if (from.env['DOCKER_CONTEXT'] !== undefined) return from.env['DOCKER_CONTEXT'];
  const name = field(await readJson(from, path.join(configDirOf(from), 'config.json')), 'currentContext');
  return typeof name === 'string' ? name : undefined;
}

/** The engine of a Docker context other than `default`. The library that talks to engines does not read contexts. */
export async function contextCandidate(from: EngineSurroundings, name: string): Promise<EngineCandidate> {
  const configDir = configDirOf(from);
  const origin = `context ${name}`;
  const folder = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(from, path.join(configDir, 'contexts', 'meta', folder, 'meta.json'));
  const docker = field(field(meta, 'Endpoints'), 'docker');
  const host = field(docker, 'Host');
  if (typeof host !== 'string')
    return {
      endpoint: name,
      origin,
      address: undefined,
      problem: `context "${name}" has no Docker endpoint`,
    };
  const isVerified = field(docker, 'SkipTLSVerify') !== true;
  return toCandidate(
    host,
    origin,
    await contextTls(from, path.join(configDir, 'contexts', 'tls', folder), isVerified),
  );
}

function configDirOf({ env, homeDir }: EngineSurroundings): string {
  return env['DOCKER_CONFIG'] ?? path.join(homeDir, '.docker');
}

async function contextTls(
  from: EngineSurroundings,
  folder: string,
  isVerified: boolean,
): Promise<EngineTls | undefined> {
  const read = (name: string) => from.readText(path.join(folder, 'docker', name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return ca === undefined && cert === undefined && isVerified ? undefined : { ca, cert, key, isVerified };
}

async function readJson(from: EngineSurroundings, file: string): Promise<unknown> {
  try {
    return JSON.parse(await from.readText(file));
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
