import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sharedDocker } from '../../parts/docker.ts';

const execFileAsync = promisify(execFile);

/** Containers of one test file on the shared engine. */
export interface TestContainers {
  readonly folder: string;
  readonly socketPath: string;
  docker(...args: readonly string[]): Promise<string>;
  /** Starts a shell script as a container of that name. */
  run(name: string, script: string, ...options: readonly string[]): Promise<void>;
  /** Removes the containers; the engine is ended by whoever owns it. */
  stop(): Promise<void>;
}

export async function testContainers(label: string): Promise<TestContainers> {
  const part = await sharedDocker(['busybox']);
  const docker = async (...args: readonly string[]) =>
    (await execFileAsync('docker', ['-H', part.endpoint, ...args])).stdout.trim();
  return {
    folder: part.folder,
    socketPath: part.socketPath,
    docker,
    async run(name, script, ...options) {
      const place = ['--name', name, '--label', `wk=logs-${label}`, '--network=host'];
      await docker('run', '-d', ...place, ...options, 'busybox', '/bin/sh', '-c', script);
    },
    async stop() {
      const ids = await docker('ps', '-aq', '--filter', `label=wk=logs-${label}`).catch(() => '');
      if (ids !== '') await docker('rm', '-f', ...ids.split('\n')).catch(() => '');
      await part.stop();
    },
  };
}
