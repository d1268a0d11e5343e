import { spawnSync } from 'node:child_process';
import { startDocker } from '../../test/parts/docker.ts';
import { step } from './progress.ts';
import { ensureSystemParts, missingParts } from './systemParts.ts';

/**
 * Address of a Docker engine for the demo: the machine's own when it answers, else, as root on Linux, a private one
 * that ends with this process. undefined: there is none to be had, or the machine's own default will do.
 */
export async function ensureEngine(): Promise<string | undefined> {
  if (answers()) return process.env['DOCKER_HOST'];
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (!isRoot) {
    await adviseOnly(() => ensureSystemParts(['redis', 'postgres']));
    return undefined;
  }
  await ensureSystemParts(['docker', 'dockerCompose', 'busybox', 'redis', 'postgres']);
  return (await step('Starting a private Docker engine', () => startDocker([]))).endpoint;
}

function answers(): boolean {
  if (missingParts(['docker']).length > 0 && process.platform === 'linux') return false;
  const version = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 5000,
  });
  return version.status === 0;
}

/** The demo says itself what it does without; the advice is all the user needs. */
async function adviseOnly(action: () => Promise<void>): Promise<void> {
  await action().catch((error: unknown) =>
    console.log(error instanceof Error ? error.message : String(error)),
  );
}
