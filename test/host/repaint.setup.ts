// A container engine of its own with a few containers, which the workspace's configuration names.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startDocker } from '../parts/docker.ts';
import type { SetupContext, SuiteSetup } from './setup.ts';

const names = ['victim', 'other1', 'other2', 'other3', 'other4'];

export async function setup({ folder }: SetupContext): Promise<SuiteSetup> {
  const docker = await startDocker(['busybox']);
  try {
    const env = { ...process.env, DOCKER_HOST: docker.endpoint };
    for (const name of names)
      await promisify(execFile)(
        'docker',
        ['run', '-d', '--name', name, '--network=host', 'busybox', 'sleep', '10000'],
        { env },
      );
    fs.writeFileSync(path.join(folder, 'watchkeeper.yaml'), configText(docker.endpoint));
    return {
      workspace: folder,
      env: { REPAINT_ENGINE: docker.endpoint },
      teardown: () => docker.stop(),
    };
  } catch (error) {
    await docker.stop();
    throw error;
  }
}

/** A minute between checks: what is seen sooner came from the engine's events. */
function configText(endpoint: string): string {
  const services = names.map(name => `  ${name}:\n    every: 1m\n    probes: [{ container: ${name} }]\n`);
  return `environments:\n  local: { docker: { host: ${endpoint} } }\nservices:\n${services.join('')}`;
}
