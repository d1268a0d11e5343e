// Container images without a registry: a root file system of programs of this machine with the libraries they load,
// imported into an engine. Linux only. An image is made again only when what goes into it has changed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

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

const applets =
  'sh ash cat cp date df dd du echo env false free grep head hostname id kill ls mkdir mv netstat nc ping printf ps pwd rm sed sleep sort stat sync tail tee test top touch tr true uname uptime vi watch wc wget which whoami yes';

/** What PostgreSQL brings but never loads here: its just-in-time compiler alone is 110 MB. */
const heavy = /llvmjit|bitcode|pgxs/;

/** Makes sure that the engine at `host` (`unix://…`; undefined: the CLI's own choice) has the image. */
export async function ensureImage(recipe: ImageRecipe, host?: string): Promise<void> {
  const label = hashOf(recipe);
  const engine = host === undefined ? [] : ['-H', host];
  const format = '{{index .Config.Labels "watchkeeper.recipe"}}';
  const present = spawnSync('docker', [...engine, 'image', 'inspect', '-f', format, recipe.name], {
    encoding: 'utf8',
  });
  if (present.status === 0 && present.stdout.trim() === label) return;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-image-'));
  try {
    stage(recipe, folder);
    await importFolder(folder, [...engine, 'import', ...changeArguments(recipe, label), '-', recipe.name]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function changeArguments(recipe: ImageRecipe, label: string): string[] {
  const lines = ['ENV PATH=/usr/local/bin:/usr/bin:/bin', `LABEL watchkeeper.recipe=${label}`];
  return [...lines, ...(recipe.changes ?? [])].flatMap(line => ['--change', line]);
}

/** Lays out the root file system in a folder. */
function stage(recipe: ImageRecipe, folder: string): void {
  // It becomes the root of the image, which other users than root must be able to enter.
  fs.chmodSync(folder, 0o755);
  for (const name of ['bin', 'etc', 'proc', 'sys', 'dev', 'usr/bin', 'usr/local/bin'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of ['tmp', 'run', 'data', 'var/lib', 'var/log', 'var/run/postgresql']) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.chmodSync(path.join(folder, name), 0o1777);
  }
  copyProgram(requireBusybox(), path.join(folder, 'bin/busybox'));
  for (const applet of applets.split(' ')) fs.symlinkSync('busybox', path.join(folder, 'bin', applet));
  const people = ['root:x:0:0:root:/:/bin/sh', 'postgres:x:999:999::/var/lib:/bin/sh', ''];
  fs.writeFileSync(path.join(folder, 'etc/passwd'), people.join('\n'));
  fs.writeFileSync(path.join(folder, 'etc/group'), 'root:x:0:\npostgres:x:999:\n');
  fs.writeFileSync(path.join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n');
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

async function importFolder(folder: string, args: readonly string[]): Promise<void> {
  const tar = spawn('tar', ['-C', folder, '--owner=0', '--group=0', '--numeric-owner', '-cf', '-', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const docker = spawn('docker', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  docker.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    docker.once('error', reject);
    docker.once('close', resolve);
  });
  // When the engine refuses, the pipe breaks too: its own words are the better message.
  await pipeline(tar.stdout, docker.stdin).catch(() => undefined);
  if ((await ended) !== 0) throw new Error(`docker import failed: ${complaint.trim()}`);
}

function hashOf(recipe: ImageRecipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe)).update(applets).update(stage.toString());
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

/** A few megabytes with a shell and common tools, for containers that only have to exist. */
export const smallImage: ImageRecipe = {
  name: 'watchkeeper-small:latest',
  programs: [],
  changes: ['CMD ["sh"]'],
};

export function redisImage(name = 'testgen-redis:latest'): ImageRecipe {
  const programs = [programPath('redis-server', 'redis-server'), programPath('redis-cli', 'redis-tools')];
  const cmd = 'CMD ["redis-server","--save","","--appendonly","no","--bind","127.0.0.1"]';
  return { name, programs, changes: ['WORKDIR /data', cmd] };
}

/** A cluster is made at the first start in /var/lib/postgresql/data; everybody on loopback is trusted. */
export function postgresImage(name = 'testgen-postgres:latest'): ImageRecipe {
  const home = postgresHome();
  const tools = ['postgres', 'initdb', 'psql', 'pg_isready', 'pg_ctl'];
  return {
    name,
    programs: tools.map(tool => path.join(home, 'bin', tool)),
    files: {
      [path.join(home, 'lib')]: path.join(home, 'lib'),
      [postgresShare(home)]: postgresShare(home),
      '/usr/share/zoneinfo': '/usr/share/zoneinfo',
    },
    texts: { '/usr/local/bin/start-postgres': postgresStart(home) },
    changes: ['USER 999:999', 'CMD ["start-postgres"]'],
  };
}

function postgresStart(home: string): string {
  return `#!/bin/sh
set -e
export PATH=${home}/bin:$PATH
export PGDATA=\${PGDATA:-/tmp/postgres-data}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -D "$PGDATA" -U "\${POSTGRES_USER:-testgen}" -A trust --no-locale -E UTF8 --no-sync > /tmp/initdb.log 2>&1
  echo "CREATE DATABASE \${POSTGRES_USER:-testgen}" | postgres --single -D "$PGDATA" postgres > /tmp/initdb.log 2>&1
fi
exec postgres -D "$PGDATA" -c listen_addresses=127.0.0.1 -c port="\${PGPORT:-5432}" \\
  -c unix_socket_directories=/var/run/postgresql -c fsync=off -c jit=off -c log_connections=off
`;
}

/** The newest server that the machine has. */
export function postgresHome(): string {
  const base = '/usr/lib/postgresql';
  const versions = fs.existsSync(base) ? fs.readdirSync(base).filter(name => /^\d+$/.test(name)) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  return path.join(base, newest);
}

function postgresShare(home: string): string {
  return home.replace('/usr/lib/', '/usr/share/');
}

function programPath(name: string, aptPackage: string): string {
  const folders = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/usr/bin', '/bin'];
  const found = folders.map(folder => path.join(folder, name)).find(file => fs.existsSync(file));
  if (found === undefined) throw new Error(`${name} is missing: apt-get install ${aptPackage}`);
  return found;
}
