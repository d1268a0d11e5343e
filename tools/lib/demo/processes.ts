// The demo without a container engine: the same service and stores as plain processes, each in its own group.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHAIN_FILE, RUN_VARIABLE, startTimeOf } from '../processList.ts';
import { findProgram } from '../systemParts.ts';
import type { DemoPorts, DemoState } from './workspace.ts';

interface Launch {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export function startProcesses(folder: string, ports: DemoPorts): DemoState {
  joinRun(folder);
  const pids: Record<string, number> = { llm: startUpstream(folder, ports) };
  const redis = startRedis(folder, ports);
  if (redis !== undefined) pids['redis'] = redis;
  const postgres = startPostgres(folder, ports);
  if (postgres !== undefined) pids['postgres'] = postgres.pid;
  pids['testgen'] = startService(folder, ports, pids);
  return {
    mode: 'processes',
    ports,
    engine: undefined,
    pids,
    startTimes: startTimesOf(pids),
    databaseFolder: postgres?.folder,
  };
}

export function startTimesOf(pids: DemoState['pids']): DemoState['startTimes'] {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, startTimeOf(pid)]));
}

/** Undefined when the process has ended; its id may be somebody else's by now. */
export function runningPid(
  { pids, startTimes }: Pick<DemoState, 'pids' | 'startTimes'>,
  name: string,
): number | undefined {
  const pid = pids[name];
  const startTime = pid === undefined ? undefined : startTimeOf(pid);
  return startTime !== undefined && startTime === startTimes[name] ? pid : undefined;
}

/** Its processes end with the run that started the demo, also those that `demo:fix` starts anew; else they stay. */
function joinRun(folder: string): void {
  const chain = process.env[RUN_VARIABLE];
  const file = path.join(folder, 'data', CHAIN_FILE);
  if (chain === undefined) fs.rmSync(file, { force: true });
  else fs.writeFileSync(file, chain);
}

function startUpstream(folder: string, ports: DemoPorts): number {
  return launch(folder, {
    name: 'llm',
    program: process.execPath,
    args: [path.join(folder, 'service', 'upstream.mjs')],
    env: { UPSTREAM_PORT: String(ports.upstream), TESTGEN_DATA: path.join(folder, 'data') },
  });
}

export function startService(
  folder: string,
  ports: DemoPorts,
  present: Readonly<Record<string, number>>,
): number {
  return launch(folder, {
    name: 'testgen',
    program: process.execPath,
    args: [path.join(folder, 'service', 'supervise.mjs')],
    env: {
      TESTGEN_PORT: String(ports.service),
      UPSTREAM_PORT: String(ports.upstream),
      REDIS_PORT: 'redis' in present ? String(ports.redis) : '',
      POSTGRES_PORT: 'postgres' in present ? String(ports.postgres) : '',
      TESTGEN_DATA: path.join(folder, 'data'),
      TESTGEN_CACHE: path.join(folder, 'data', 'cache'),
    },
  });
}

/** Undefined when redis-server is not installed: the service then reports the dependency as absent. */
export function startRedis(folder: string, ports: DemoPorts): number | undefined {
  const program = findProgram('redis-server');
  if (program === undefined) return undefined;
  const listen = ['--bind', '127.0.0.1', '--port', String(ports.redis), '--dir', path.join(folder, 'data')];
  const args = [...listen, '--save', '', '--appendonly', 'no', '--maxmemory', '64mb'];
  return launch(folder, { name: 'redis', program, args });
}

/** Undefined when PostgreSQL is not installed. `database` is the folder of an earlier start. */
export function startPostgres(
  folder: string,
  ports: DemoPorts,
  database?: string,
): { readonly pid: number; readonly folder: string } | undefined {
  const initdb = findPostgres('initdb');
  const program = findPostgres('postgres');
  const user = postgresUser();
  if (initdb === undefined || program === undefined || user === 'none') return undefined;
  const home = database ?? fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-demo-'));
  const data = path.join(home, 'data');
  if (!fs.existsSync(data)) {
    if (user !== undefined) fs.chownSync(home, user.uid, user.gid);
    const options = ['-D', data, '-U', 'testgen', '-A', 'trust', '--no-locale', '-E', 'UTF8', '--no-sync'];
    const made = spawnSync(initdb, options, { ...user, cwd: home, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed:\n${made.stdout}${made.stderr}`);
  }
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${ports.postgres}`,
    'unix_socket_directories=',
    'fsync=off',
  ];
  const args = ['-D', data, ...settings.flatMap(setting => ['-c', setting])];
  return { pid: launch(folder, { name: 'postgres', program, args, user }), folder: home };
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function postgresUser(): Launch['user'] | 'none' {
  if (process.getuid?.() !== 0) return undefined;
  const entry = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const group = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  if (entry.status !== 0) return 'none';
  return { uid: Number(entry.stdout), gid: Number(group.stdout) };
}

function findPostgres(name: string): string | undefined {
  const base = '/usr/lib/postgresql';
  const versions = fs.existsSync(base) ? fs.readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const packaged = versions.map(version => path.join(base, version, 'bin', name));
  return packaged.find(file => fs.existsSync(file)) ?? findProgram(name);
}

function launch(folder: string, { name, program, args, env, user }: Launch): number {
  const log = fs.openSync(path.join(folder, 'data', `${name}.log`), 'a');
  const child = spawn(program, args, {
    cwd: user === undefined ? folder : '/',
    env: { ...process.env, ...runOf(folder), ...env },
    stdio: ['ignore', log, log],
    detached: true,
    ...user,
  });
  child.on('error', () => {});
  child.unref();
  fs.closeSync(log);
  if (child.pid === undefined) throw new Error(`${program} could not be started.`);
  return child.pid;
}

function runOf(folder: string): Readonly<Record<string, string>> {
  const file = path.join(folder, 'data', CHAIN_FILE);
  return fs.existsSync(file) ? { [RUN_VARIABLE]: fs.readFileSync(file, 'utf8') } : {};
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a process with everything it started. */
export async function endGroup(pid: number, graceMs = 3000): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  const endMs = performance.now() + graceMs;
  while (isAlive(pid) && performance.now() < endMs) await new Promise(resolve => setTimeout(resolve, 50));
  signalGroup(pid, 'SIGKILL');
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}
