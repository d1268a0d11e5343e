// Images made from programs of this machine: no registry is needed. Their tars are kept in the machine's cache.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inCache } from '../../tools/lib/machineCache.ts';
import { findProgram } from '../../tools/lib/systemParts.ts';
import { engineRequest } from './engineApi.ts';

export type ImageName = 'busybox' | 'node' | 'redis';

/** Programs that an image carries beside busybox, with the shared libraries they need. */
const programs: Readonly<Record<ImageName, () => readonly string[]>> = {
  busybox: () => [],
  node: () => [process.execPath],
  redis: () => ['redis-server', 'redis-cli'].flatMap(name => findProgram(name) ?? []),
};

/** Imports the image as `<name>:latest` unless the engine has it. */
export async function importImage(socketPath: string, name: ImageName): Promise<void> {
  const known = await engineRequest(socketPath, 'GET', `/images/${name}:latest/json`);
  if (known.status === 200) return;
  const tar = await imageTar(name, programs[name]());
  const change = encodeURIComponent('ENV PATH=/usr/local/bin:/usr/bin:/bin');
  const target = `/images/create?fromSrc=-&repo=${name}&tag=latest&changes=${change}`;
  const { status, text } = await engineRequest(socketPath, 'POST', target, fs.createReadStream(tar));
  if (status !== 200 || text.includes('"error"')) throw new Error(`Image ${name} was not imported: ${text}`);
}

/** Tar of a root file system with busybox and the given programs in /usr/local/bin. */
export async function imageTar(name: string, files: readonly string[]): Promise<string> {
  const busybox = findProgram('busybox');
  if (busybox === undefined) throw new Error('busybox is not installed.');
  const sources = [busybox, ...files].map(file => fs.realpathSync(file));
  const stamp = sources
    .map(file => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}`)
    .join('\n');
  const key = createHash('sha256').update(stamp).digest('hex').slice(0, 12);
  const folder = await inCache(`image-${name}-${key}`, target => {
    const rootfs = path.join(target, 'rootfs');
    fillRoot(rootfs, busybox, files);
    execFileSync('tar', ['-C', rootfs, '--owner=0', '--group=0', '-cf', path.join(target, 'image.tar'), '.']);
    fs.rmSync(rootfs, { recursive: true });
  });
  return path.join(folder, 'image.tar');
}

function fillRoot(rootfs: string, busybox: string, files: readonly string[]): void {
  for (const folder of ['bin', 'etc', 'tmp', 'root', 'usr/bin', 'usr/local/bin', 'var/run', 'lib', 'lib64'])
    fs.mkdirSync(path.join(rootfs, folder), { recursive: true });
  fs.chmodSync(path.join(rootfs, 'tmp'), 0o1777);
  fs.writeFileSync(path.join(rootfs, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  fs.writeFileSync(path.join(rootfs, 'etc/group'), 'root:x:0:\n');
  fs.writeFileSync(path.join(rootfs, 'etc/hosts'), '127.0.0.1 localhost\n');
  fs.copyFileSync(busybox, path.join(rootfs, 'bin/busybox'));
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n'))
    if (applet && applet !== 'busybox') fs.symlinkSync('busybox', path.join(rootfs, 'bin', applet));
  for (const file of files) {
    copyExecutable(file, path.join(rootfs, 'usr/local/bin', path.basename(file)));
    for (const library of librariesOf(file)) copyExecutable(library, path.join(rootfs, library));
  }
}

function copyExecutable(from: string, to: string): void {
  if (fs.existsSync(to)) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, to);
  fs.chmodSync(to, 0o755);
}

function librariesOf(file: string): string[] {
  const listing = execFileSync('ldd', [file], { encoding: 'utf8' });
  return [...listing.matchAll(/(?:=> )?(\/\S+) \(0x/g)].flatMap(match => match[1] ?? []);
}
