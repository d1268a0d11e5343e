import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface ImageRecipe {
  /** `name:tag` under which the engine will know it. */
  readonly name: string;
  /** Programs by path; the libraries they load come along. */
  readonly programs: readonly string[];
  /** Files and folders to copy: path here → path in the image. */
  readonly files?: Readonly<Record<string, string>>;
  /** Small files by their text: path in the image → text. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Dockerfile lines such as `CMD ["sh"]`, `ENV A=b`, `USER 999`. */
  readonly changes?: readonly string[];
}

/** What PostgreSQL brings but never loads here: its just-in-time compiler alone is 110 MB. */
const heavy = /llvmjit|bitcode|pgxs/;

/** Lays out the root file system in a folder. */
export function fillRoot(recipe: ImageRecipe, folder: string): void {
  // It becomes the root of the image, which other users than root must be able to enter.
  fs.chmodSync(folder, 0o755);
  for (const name of ['bin', 'etc', 'proc', 'sys', 'dev', 'usr/bin', 'usr/local/bin'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of ['tmp', 'run', 'data', 'var/lib', 'var/log', 'var/run/postgresql']) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.chmodSync(path.join(folder, name), 0o1777);
  }
  const busybox = requireBusybox();
  copyProgram(busybox, path.join(folder, 'bin/busybox'));
  const applets = spawnSync(busybox, ['--list'], { encoding: 'utf8' }).stdout.split('\n');
  for (const applet of applets)
    if (applet !== '' && applet !== 'busybox') fs.symlinkSync('busybox', path.join(folder, 'bin', applet));
  const people = ['root:x:0:0:root:/:/bin/sh', 'postgres:x:999:999::/var/lib:/bin/sh', ''];
  fs.writeFileSync(path.join(folder, 'etc/passwd'), people.join('\n'));
  fs.writeFileSync(path.join(folder, 'etc/group'), 'root:x:0:\npostgres:x:999:\n');
  fs.writeFileSync(path.join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  fs.writeFileSync(path.join(folder, 'etc/hosts'), '127.0.0.1 localhost\n');
  const libraries = new Set<string>();
  for (const program of recipe.programs) {
    const place = path.join(folder, program);
    copyProgram(program, place);
    const link = path.join(folder, 'usr/bin', path.basename(program));
    // PostgreSQL finds its own files from the folder its programs stand in, so each keeps its place.
    if (link !== place) fs.symlinkSync(program, link);
    for (const library of librariesOf(program)) libraries.add(library);
  }
  for (const [from, to] of Object.entries(recipe.files ?? {})) {
    fs.cpSync(from, path.join(folder, to), {
      recursive: true,
      dereference: true,
      filter: source => !heavy.test(source),
    });
    for (const module of from.endsWith('/') || fs.statSync(from).isDirectory() ? sharedObjects(from) : [])
      for (const library of librariesOf(module)) libraries.add(library);
  }
  for (const library of libraries) copyProgram(library, path.join(folder, library));
  for (const [to, text] of Object.entries(recipe.texts ?? {})) {
    fs.mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
    fs.writeFileSync(path.join(folder, to), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
}

function copyProgram(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  // Hard links and reflinks do not survive tar, symbolic links would point outside: the real file is wanted.
  fs.copyFileSync(fs.realpathSync(from), to);
  fs.chmodSync(to, 0o755);
}

function requireBusybox(): string {
  const found = ['/bin/busybox', '/usr/bin/busybox'].find(file => fs.existsSync(file));
  if (found === undefined) throw new Error('busybox is missing: apt-get install busybox-static');
  return found;
}

/** Absolute paths as the loader names them; none for a static program. */
function librariesOf(file: string): string[] {
  const listing = spawnSync('ldd', [file], { encoding: 'utf8' });
  if (listing.status !== 0) return [];
  return [...listing.stdout.matchAll(/(?:=>\s+|^\s+)(\/\S+)\s+\(0x/gm)].map(match => match[1] ?? '');
}

function sharedObjects(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.so(?:\.\d+)*$/.test(name) && !heavy.test(name))
    .map(name => path.join(folder, name));
}
