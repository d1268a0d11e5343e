import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { sharedDocker } from '../../../parts/docker.ts';

const execFileAsync = promisify(execFile);

/** A real engine behind a socket of our own, which can go away and come back without the engine noticing. */
export interface ReachableEngine {
  /** The socket to give to Watchkeeper. */
  readonly socketPath: string;
  /** Docker's own client on the engine, whether it is reachable for Watchkeeper or not. */
  docker(...args: readonly string[]): Promise<string>;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Removes the containers made through `docker` and everything else. */
  stop(): Promise<void>;
}

export async function reachableEngine(label: string): Promise<ReachableEngine> {
  const part = await sharedDocker(['busybox']);
  const socketPath = path.join(part.folder, `${label}.sock`);
  const docker = async (...args: readonly string[]) =>
    (await execFileAsync('docker', ['-H', part.endpoint, ...args])).stdout.trim();
  let gate = await openGate(socketPath, part.socketPath);
  return {
    socketPath,
    docker,
    cut: () => gate.close(),
    async mend() {
      gate = await openGate(socketPath, part.socketPath);
    },
    async stop() {
      await gate.close();
      const ids = await docker('ps', '-aq', '--filter', `label=wk=${label}`).catch(() => '');
      if (ids !== '') await docker('rm', '-f', ...ids.split('\n')).catch(() => '');
      await part.stop();
    },
  };
}

async function openGate(from: string, to: string): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => {
    const other = net.connect(to);
    for (const [one, two] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => two.destroy());
      one.once('close', () => {
        sockets.delete(one);
        two.destroy();
      });
      one.pipe(two);
    }
  });
  await new Promise<void>(resolve => server.listen(from, resolve));
  return {
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        fs.rmSync(from, { force: true });
      }),
  };
}

export async function until<T>(
  read: () => T | undefined | Promise<T | undefined>,
  withinMs = 30_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (performance.now() > end) throw new Error(`did not happen within ${withinMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
