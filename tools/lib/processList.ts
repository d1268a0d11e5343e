// The processes of this machine and the runs they belong to, as far as the system tells.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const RUN_VARIABLE = 'WATCHKEEPER_RUN';
/** In a folder of a run: its chain, for processes that do not carry it. */
export const CHAIN_FILE = '.watchkeeper-run';
/** A run's own folder, and the run's name in it. */
const RUN_FOLDER = /(\/\S*?\/wk-(\w+\.\w+\.[0-9a-f]{4}))\//;

export interface MarkedProcess {
  readonly pid: number;
  /** Runs the process belongs to, outermost first. */
  readonly chain: readonly string[];
}

export function markedProcesses(): MarkedProcess[] {
  const found = process.platform === 'linux' ? fromProc() : fromPs();
  return found.filter(({ pid }) => pid !== process.pid);
}

/** Parent of every live process. */
export function parentsOfAll(): Map<number, number> {
  if (process.platform !== 'linux') {
    const rows = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return new Map(
      rows.map(row => row.trim().split(/\s+/).map(Number)).map(([pid = 0, up = 0]) => [pid, up]),
    );
  }
  const parents = new Map<number, number>();
  for (const name of processNames()) {
    const stat = readStat(name);
    if (stat !== undefined && stat[0] !== 'Z') parents.set(Number(name), Number(stat[1]));
  }
  return parents;
}

/** Tells a process from a later one with the same id; undefined when it has ended. Elsewhere than on Linux "0". */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readStat(String(pid));
    return stat === undefined || stat[0] === 'Z' ? undefined : stat[19];
  }
  try {
    process.kill(pid, 0);
    return '0';
  } catch {
    return undefined;
  }
}

/** What a person would recognise a process by. */
export function commandOf(pid: number): string {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function fromProc(): MarkedProcess[] {
  const ownNamespace = linkOf('/proc/self/ns/mnt');
  return processNames().flatMap(name => {
    try {
      const environment = fs.readFileSync(`/proc/${name}/environ`, 'latin1');
      const mark = new RegExp(`(?:^|\\0)${RUN_VARIABLE}=([^\\0]+)`).exec(environment)?.[1];
      const chain = mark?.split('/') ?? chainOfSilent(name, environment, ownNamespace);
      if (chain === undefined || readStat(name)?.[0] === 'Z') return [];
      return [{ pid: Number(name), chain }];
    } catch {
      return [];
    }
  });
}

/**
 * The runs of a process without the mark. Servers that set their title write it over their environment (redis-server
 * blanks all of it, PostgreSQL's children too): their working folder tells. A container's processes never had it:
 * their root is a mount from the run's folder, also when the shim above them has ended.
 */
function chainOfSilent(
  name: string,
  environment: string,
  ownNamespace: string,
): readonly string[] | undefined {
  const isErased = environment.length > 0 && /^\0+$/.test(environment);
  if (isErased) return chainFileAbove(linkOf(`/proc/${name}/cwd`));
  if (linkOf(`/proc/${name}/ns/mnt`) === ownNamespace) return undefined;
  const mounts = fs.readFileSync(`/proc/${name}/mountinfo`, 'utf8').split('\n');
  const [, folder = '', run = ''] =
    RUN_FOLDER.exec(mounts.find(line => line.split(' ')[4] === '/') ?? '') ?? [];
  return folder === '' ? undefined : (readChain(folder) ?? [run]);
}

function chainFileAbove(folder: string): readonly string[] | undefined {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    const chain = readChain(at);
    if (chain !== undefined) return chain;
  }
  return undefined;
}

function readChain(folder: string): readonly string[] | undefined {
  try {
    return fs.readFileSync(path.join(folder, CHAIN_FILE), 'utf8').split('/');
  } catch {
    return undefined;
  }
}

/** Where there is no /proc, `ps` shows environments; of redis-server, which blanks its own, `lsof` tells the folder. */
function fromPs(): MarkedProcess[] {
  const listing = execFileSync('ps', ['eww', '-axo', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const marked = listing.split('\n').flatMap(line => {
    const mark = new RegExp(`^\\s*(\\d+)\\s.*\\s${RUN_VARIABLE}=(\\S+)`).exec(line);
    return mark?.[1] && mark[2] ? [{ pid: Number(mark[1]), chain: mark[2].split('/') }] : [];
  });
  const silent = foldersOf('redis-server').flatMap(({ pid, folder }) => {
    const chain = chainFileAbove(folder);
    return chain === undefined ? [] : [{ pid, chain }];
  });
  return [...marked, ...silent];
}

function foldersOf(program: string): { readonly pid: number; readonly folder: string }[] {
  try {
    const listing = execFileSync('lsof', ['-w', '-a', '-c', program, '-d', 'cwd', '-Fpn'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...listing.matchAll(/^p(\d+)\n(?:f.*\n)?n(.*)$/gm)].map(([, pid = '', folder = '']) => ({
      pid: Number(pid),
      folder,
    }));
  } catch {
    // It ends with 1 when nothing is found.
    return [];
  }
}

function processNames(): string[] {
  return fs.readdirSync('/proc').filter(name => /^\d+$/.test(name));
}

/** Fields of /proc/<pid>/stat after the name: [0] state, [1] parent, [19] start time. */
function readStat(name: string): readonly string[] | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${name}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return '';
  }
}
