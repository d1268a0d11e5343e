import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** A private Docker engine with one small image (`tiny`: busybox), as child process on a private socket. */
export interface PrivateDocker {
  readonly socket: string;
  docker(...args: readonly string[]): Promise<string>;
  stopEngine(): Promise<void>;
  startEngine(): Promise<void>;
  dispose(): Promise<void>;
}

export async function startPrivateDocker(): Promise<PrivateDocker> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-docker-'));
  const socket = path.join(folder, 'docker.sock');
  let engine: ChildProcess | undefined;
  const docker = async (...args: readonly string[]) =>
    (await execFileAsync('docker', ['-H', `unix://${socket}`, ...args])).stdout.trim();
  const startEngine = async () => {
    engine = spawn('dockerd', engineArguments(folder, socket), { stdio: 'ignore' });
    for (let i = 0; i < 150; i++) {
      if (await docker('version').catch(() => undefined)) return;
      await wait(200);
    }
    throw new Error('dockerd did not start within 30 s');
  };
  const stopEngine = async () => {
    const child = engine;
    engine = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  await startEngine();
  await importTiny(folder, socket);
  return {
    socket,
    docker,
    startEngine,
    stopEngine,
    async dispose() {
      const ids = await docker('ps', '-aq').catch(() => '');
      if (ids !== '') await docker('rm', '-f', ...ids.split('\n')).catch(() => '');
      await stopEngine();
      await unmountBelow(folder);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function engineArguments(folder: string, socket: string): string[] {
  return [
    '--host',
    `unix://${socket}`,
    '--data-root',
    path.join(folder, 'data'),
    '--exec-root',
    path.join(folder, 'exec'),
    '--pidfile',
    path.join(folder, 'pid'),
    '--iptables=false',
    '--ip6tables=false',
    '--bridge=none',
    '--storage-driver=vfs',
  ];
}

async function importTiny(folder: string, socket: string): Promise<void> {
  const root = path.join(folder, 'rootfs');
  fs.mkdirSync(path.join(root, 'bin'), { recursive: true });
  fs.mkdirSync(path.join(root, 'tmp'));
  fs.copyFileSync('/bin/busybox', path.join(root, 'bin/busybox'));
  for (const name of ['sh', 'sleep', 'cat', 'echo', 'true', 'false', 'test', 'rm', 'touch', 'dd', 'tail'])
    fs.symlinkSync('busybox', path.join(root, 'bin', name));
  const tar = path.join(folder, 'tiny.tar');
  await execFileAsync('tar', ['-C', root, '-cf', tar, '.']);
  await execFileAsync('docker', ['-H', `unix://${socket}`, 'import', tar, 'tiny']);
}

/** An engine that was killed leaves its mounts behind, and then the folder cannot be deleted. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = fs.readFileSync('/proc/mounts', 'utf8').split('\n');
  const ours = mounts.map(line => line.split(' ')[1] ?? '').filter(point => point.startsWith(folder));
  for (const point of ours.reverse()) await execFileAsync('umount', ['-l', point]).catch(() => '');
}
