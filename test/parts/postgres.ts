import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, inCache } from '../../tools/lib/machineCache.ts';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { freePort } from '../../tools/lib/vscodeServer.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export interface PostgresPart extends Part {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly url: string;
  /** Folder of the unix socket, as libpq wants it. */
  readonly socketFolder: string;
  /** Process of the postmaster, to pause (SIGSTOP) or kill in a test. */
  readonly pid: number;
  /** Runs SQL through psql on the unix socket and gives its rows, columns separated by "|". */
  sql(text: string): Promise<string>;
}

export interface PostgresOptions {
  /** Asks this password of connections by TCP. */
  readonly password?: string;
  readonly port?: number;
  /** Server settings as `name=value`. */
  readonly settings?: readonly string[];
  /** Starts as a standby without a primary. */
  readonly isStandby?: boolean;
  /** The part is there as soon as its port is open, whatever it says to who comes. */
  readonly isEarly?: boolean;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A private PostgreSQL; as root it runs under Debian's `postgres` account, because it refuses to run as root. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresPart> {
  await ensureSystemParts(['postgres']);
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  const run = new Run();
  const port = options.port ?? (await freePort());
  try {
    const data = path.join(run.folder, 'data');
    execFileSync('cp', ['-a', await clusterTemplate(account), data]);
    const socketFolder = path.join(run.folder, 'socket');
    fs.mkdirSync(socketFolder);
    if (account) fs.chownSync(socketFolder, account.uid, account.gid);
    if (options.password !== undefined)
      fs.writeFileSync(
        path.join(data, 'pg_hba.conf'),
        'local all all trust\nhost all all all scram-sha-256\n',
      );
    if (options.isStandby) fs.writeFileSync(path.join(data, 'standby.signal'), '');
    const settings = [
      ...[
        'fsync=off',
        'shared_buffers=16MB',
        'max_connections=50',
        `unix_socket_directories=${socketFolder}`,
      ],
      ...(options.settings ?? []),
    ];
    const child = startProgram(run, {
      name: 'postgres',
      program: serverProgram('postgres'),
      args: [
        '-D',
        data,
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        ...settings.flatMap(setting => ['-c', setting]),
      ],
      ...(account ? { user: account } : {}),
    });
    const sql = sqlRunner(socketFolder, port);
    await untilReady(path.join(run.folder, 'postgres.log'), child, () =>
      options.isEarly ? isOpen(port) : sql('select 1').then(answer => answer === '1'),
    );
    if (options.password !== undefined)
      await sql(`alter role postgres password '${options.password.replaceAll("'", "''")}'`);
    const credentials =
      options.password === undefined ? 'postgres' : `postgres:${encodeURIComponent(options.password)}`;
    return {
      folder: run.folder,
      host: '127.0.0.1',
      port,
      user: 'postgres',
      database: 'postgres',
      url: `postgres://${credentials}@127.0.0.1:${port}/postgres`,
      socketFolder,
      pid: child.pid ?? 0,
      sql,
      stop: () => run.end(),
    };
  } catch (error) {
    await run.end();
    throw error;
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function sqlRunner(socketFolder: string, port: number): (text: string) => Promise<string> {
  const execute = promisify(execFile);
  const connection = ['-h', socketFolder, '-p', String(port), '-U', 'postgres', '-d', 'postgres'];
  return async text => {
    const args = ['-XAtq', '-v', 'ON_ERROR_STOP=1', ...connection, '-c', text];
    return (await execute(serverProgram('psql'), args)).stdout.trim();
  };
}

/** initdb takes seconds, a copy of its result a tenth of one: made once per machine. */
function clusterTemplate(account: Account | undefined): Promise<string> {
  const version = execFileSync(serverProgram('postgres'), ['--version'], { encoding: 'utf8' }).replace(
    /[^\d.]+/g,
    '-',
  );
  return inCache(`postgres${version}${account ? 'root' : ''}-1`, folder => {
    // initdb wants to own its folder and to reach it.
    if (account) {
      fs.chmodSync(cacheFolder(), 0o755);
      fs.chownSync(folder, account.uid, account.gid);
    }
    const args = [
      '-D',
      folder,
      '-U',
      'postgres',
      '--auth=trust',
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C',
      // Small segments make the copy that every start needs half as large.
      '--wal-segsize=1',
    ];
    execFileSync(serverProgram('initdb'), args, { cwd: '/', stdio: 'pipe', ...account });
  });
}

/** Debian keeps the server's programs out of PATH, one folder per version. */
function serverProgram(name: string): string {
  const base = '/usr/lib/postgresql';
  const versions = fs.existsSync(base) ? fs.readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map(version => `${base}/${version}/bin/${name}`).find(file => fs.existsSync(file));
  return found ?? findProgram(name) ?? name;
}

function accountOf(name: string): Account {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`This machine has no account "${name}".`);
  return { uid: Number(uid), gid: Number(gid) };
}
