// Container images without a registry: a root file system of programs of this machine with the libraries they load,
// imported into an engine. Linux only. An image is made again only when what goes into it has changed; its archive is
// kept in the machine's cache, so that the next engine gets it without any making.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, inCache } from '../machineCache.ts';
import { fillRoot, type ImageRecipe } from './rootfs.ts';

const execute = promisify(execFile);
const HOUR_MS = 3_600_000;
const ARCHIVES_KEPT = 3;

/** Makes sure that the engine at `host` (`unix://…`; undefined: the CLI's own choice) has the image. */
export async function ensureImage(recipe: ImageRecipe, host?: string): Promise<void> {
  const label = hashOf(recipe);
  const engine = host === undefined ? [] : ['-H', host];
  const format = '{{index .Config.Labels "watchkeeper.recipe"}}';
  const present = await execute('docker', [...engine, 'image', 'inspect', '-f', format, recipe.name]).catch(
    () => undefined,
  );
  if (present?.stdout.trim() === label) return;
  const tar = await imageTar(recipe, label);
  await execute('docker', [...engine, 'import', ...changeArguments(recipe, label), tar, recipe.name]);
}

function changeArguments(recipe: ImageRecipe, label: string): string[] {
  const lines = ['ENV PATH=/usr/local/bin:/usr/bin:/bin', `LABEL watchkeeper.recipe=${label}`];
  return [...lines, ...(recipe.changes ?? [])].flatMap(line => ['--change', line]);
}

async function imageTar(recipe: ImageRecipe, label: string): Promise<string> {
  const family = `image-${recipe.name.replace(/\W+/g, '-')}-`;
  const folder = await inCache(`${family}${label}`, async target => {
    forgetOld(family);
    const root = path.join(target, 'root');
    fs.mkdirSync(root);
    fillRoot(recipe, root);
    const owner = ['--owner=0', '--group=0', '--numeric-owner'];
    await execute('tar', ['-C', root, ...owner, '-cf', path.join(target, 'image.tar'), '.']);
    fs.rmSync(root, { recursive: true });
  });
  return path.join(folder, 'image.tar');
}

/** Every edit of the demo's service and every fresh clone makes another archive: only the newest stay. */
function forgetOld(family: string): void {
  const known = fs
    .readdirSync(cacheFolder())
    .filter(name => name.startsWith(family))
    .map(name => path.join(cacheFolder(), name))
    .map(folder => ({ folder, atMs: fs.statSync(folder).mtimeMs }))
    .sort((a, b) => b.atMs - a.atMs);
  // A younger one may be about to be read by another process.
  for (const { folder, atMs } of known.slice(ARCHIVES_KEPT))
    if (Date.now() - atMs > HOUR_MS) fs.rmSync(folder, { recursive: true, force: true });
}

function hashOf(recipe: ImageRecipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe)).update(fillRoot.toString());
  for (const file of [...recipe.programs, ...Object.keys(recipe.files ?? {})].sort()) hashFile(file, hash);
  return hash.digest('hex').slice(0, 16);
}

/** Large programs by size and time, small files by content: an edited source must give a new image. */
function hashFile(file: string, hash: ReturnType<typeof createHash>): void {
  const stat = fs.statSync(file);
  if (stat.isDirectory()) {
    for (const name of fs.readdirSync(file).sort()) hashFile(path.join(file, name), hash);
    return;
  }
  hash.update(file);
  if (stat.size < 200_000) hash.update(fs.readFileSync(file));
  else hash.update(`${stat.size} ${stat.mtimeMs}`);
}
