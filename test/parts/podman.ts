// A private Podman service: own storage, own socket, no registry. The same API as Docker's, by another hand.
import fs from 'node:fs';
import path from 'node:path';
import { ensureImage } from '../../tools/lib/images/ensureImage.ts';
import { busyboxImage } from '../../tools/lib/images/recipes.ts';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { engineRequest } from './engineApi.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export interface PodmanPart extends Part {
  readonly socketPath: string;
  /** Value for DOCKER_HOST. */
  readonly endpoint: string;
}

/** Limits as this process has them: raising them is refused in many sandboxes. */
const containersConf = `[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
log_driver = "k8s-file"
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
`;

/** With the image `busybox`; containers need `--network=host`. */
export async function startPodman(): Promise<PodmanPart> {
  await ensureSystemParts(['podman', 'docker', 'busybox']);
  if (process.getuid?.() !== 0) throw new Error('The private Podman of the tests needs root.');
  const run = new Run();
  const at = (name: string) => path.join(run.folder, name);
  const socketPath = at('podman.sock');
  const endpoint = `unix://${socketPath}`;
  fs.writeFileSync(at('containers.conf'), containersConf);
  try {
    const child = startProgram(run, {
      name: 'podman',
      program: findProgram('podman') ?? 'podman',
      args: [
        ...['--root', at('root'), '--runroot', at('run'), '--tmpdir', at('tmp'), '--storage-driver', 'vfs'],
        ...['--runtime', findProgram('runc') ?? findProgram('crun') ?? 'runc'],
        ...['system', 'service', '--time', '0', endpoint],
      ],
      env: { CONTAINERS_CONF: at('containers.conf') },
    });
    const isReady = async () => (await engineRequest(socketPath, 'GET', '/_ping')).status === 200;
    await untilReady(at('podman.log'), child, isReady);
    await ensureImage(busyboxImage, endpoint);
  } catch (error) {
    await run.end();
    throw error;
  }
  return { folder: run.folder, socketPath, endpoint, stop: () => run.end() };
}
