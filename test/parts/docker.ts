// A private Docker engine: own containerd, own sockets, own storage, no bridge, no registry.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureImage } from '../../tools/lib/images/ensureImage.ts';
import { busyboxImage, nodeImage, redisImage } from '../../tools/lib/images/recipes.ts';
import type { ImageRecipe } from '../../tools/lib/images/rootfs.ts';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { engineRequest } from './engineApi.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export type ImageName = 'busybox' | 'node' | 'redis';

const recipes: Readonly<Record<ImageName, () => ImageRecipe>> = {
  busybox: () => busyboxImage,
  node: () => nodeImage,
  redis: () => redisImage('redis:latest'),
};

export interface DockerPart extends Part {
  readonly socketPath: string;
  /** Value for DOCKER_HOST. */
  readonly endpoint: string;
  /** Adds an image (`busybox:latest`, `node:latest`, …) unless the engine has it. */
  addImage(name: ImageName): Promise<void>;
}

/** Where an engine lives and which run it belongs to. */
interface Home {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts an engine of its own; containers need `network_mode: host`, because it has no bridge. `args`: further arguments
 * of dockerd.
 */
export async function startDocker(
  images: readonly ImageName[] = ['busybox'],
  args: readonly string[] = [],
): Promise<DockerPart> {
  await requireEngine();
  const run = new Run();
  try {
    const part = toPart(run.folder, () => run.end());
    await startEngine(run, args);
    for (const image of images) await part.addImage(image);
    return part;
  } catch (error) {
    await run.end();
    throw error;
  }
}

/**
 * The engine that all tests of one `npm test` share: whoever asks first starts it, the end of the run ends it. Without
 * such a run it is an engine of this process alone. `stop` leaves a shared engine running.
 */
export async function sharedDocker(images: readonly ImageName[] = ['busybox']): Promise<DockerPart> {
  const outer = process.env['WATCHKEEPER_RUN']?.split('/')[0];
  const base = process.env['WATCHKEEPER_TMP'];
  if (outer === undefined || base === undefined) return startDocker(images);
  await requireEngine();
  const home = { folder: path.join(base, `wk-${outer}`, 'docker'), env: { WATCHKEEPER_RUN: outer } };
  const part = toPart(home.folder, async () => {});
  let isFirst = true;
  try {
    fs.mkdirSync(home.folder);
  } catch {
    isFirst = false;
  }
  if (isFirst) await startEngine(home);
  else await waitForEngine(part.socketPath);
  for (const image of images) await part.addImage(image);
  return part;
}

async function requireEngine(): Promise<void> {
  await ensureSystemParts(['docker', 'busybox']);
  if (process.getuid?.() !== 0) throw new Error('The private Docker engine of the tests needs root.');
}

async function startEngine(home: Home, args: readonly string[] = []): Promise<void> {
  const at = (name: string) => path.join(home.folder, name);
  const containerdSocket = at('containerd.sock');
  fs.writeFileSync(at('containerd.toml'), containerdConfig(home.folder, containerdSocket));
  const containerd = startProgram(home, {
    name: 'containerd',
    program: findProgram('containerd') ?? 'containerd',
    args: ['--config', at('containerd.toml')],
  });
  await untilReady(at('containerd.log'), containerd, () => fs.existsSync(containerdSocket));
  const dockerd = startProgram(home, {
    name: 'dockerd',
    program: findProgram('dockerd') ?? 'dockerd',
    args: [
      ...['--host', `unix://${at('docker.sock')}`, '--containerd', containerdSocket],
      ...['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('docker.pid')],
      ...[
        '--iptables=false',
        '--ip6tables=false',
        '--bridge=none',
        `--storage-driver=${storageDriver(home.folder)}`,
      ],
      ...['--shutdown-timeout', '1', ...args],
    ],
  });
  await untilReady(at('dockerd.log'), dockerd, () => isAnswering(at('docker.sock')));
}

/** Where the folder's file system allows overlays, a container costs no copy of its image. */
function storageDriver(folder: string): 'overlay2' | 'vfs' {
  const at = (name: string) => path.join(folder, 'overlay', name);
  for (const name of ['lower', 'upper', 'work', 'merged']) fs.mkdirSync(at(name), { recursive: true });
  const options = `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')}`;
  const mounted = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', options, at('merged')]);
  if (mounted.status !== 0) return 'vfs';
  spawnSync('umount', [at('merged')]);
  return 'overlay2';
}

async function waitForEngine(socketPath: string): Promise<void> {
  const endMs = performance.now() + 120_000;
  while (!(await isAnswering(socketPath).catch(() => false))) {
    if (performance.now() > endMs) throw new Error('The shared Docker engine does not answer.');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function toPart(folder: string, stop: () => Promise<void>): DockerPart {
  const socketPath = path.join(folder, 'docker.sock');
  const endpoint = `unix://${socketPath}`;
  return {
    folder,
    socketPath,
    endpoint,
    addImage: name => ensureImage(recipes[name](), endpoint),
    stop,
  };
}

async function isAnswering(socketPath: string): Promise<boolean> {
  return (await engineRequest(socketPath, 'GET', '/_ping')).status === 200;
}

/** A dockerd without `--containerd` would take the machine's own containerd when there is one. */
function containerdConfig(folder: string, socket: string): string {
  return `version = 2
root = ${JSON.stringify(path.join(folder, 'containerd'))}
state = ${JSON.stringify(path.join(folder, 'containerd-state'))}
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
[grpc]
  address = ${JSON.stringify(socket)}
`;
}
