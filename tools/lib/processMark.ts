// Every process that a run of ours starts carries WATCHKEEPER_RUN in its environment: a chain `<run>/<run>/…` of the
// runs it belongs to, each `<pid of owner>.<start time of owner>.<random>` in base 36. So the processes of a run can be found
// and ended even when they were detached, re-parented or left by a crash. (VS Code strips VSCODE_* variables from the
// shells of its terminals, hence the other prefix.)
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export const RUN_VARIABLE = 'WATCHKEEPER_RUN';

export interface MarkedProcess {
  readonly pid: number;
  /** Runs the process belongs to, outermost first. */
  readonly chain: readonly string[];
}

/** Name of a new run that this process owns. Short: it is part of socket paths, which end at 108 characters. */
export function newRunId(): string {
  const startTime = Number(startTimeOf(process.pid) ?? 0).toString(36);
  return `${process.pid.toString(36)}.${startTime}.${randomUUID().slice(0, 4)}`;
}

export function markedProcesses(): MarkedProcess[] {
  const found = process.platform === 'linux' ? fromProc() : fromPs();
  return found.filter(({ pid }) => pid !== process.pid);
}

/**
 * Ids of the live processes of a run and their descendants. A container's first process has a clean environment, but
 * is a child of a shim that carries the mark.
 */
export function processesOf(run: string): number[] {
  const found = new Set(
    markedProcesses()
      .filter(({ chain }) => chain.includes(run))
      .map(({ pid }) => pid),
  );
  if (found.size === 0 || process.platform !== 'linux') return [...found];
  const parents = parentsOfAll();
  for (const pid of parents.keys()) {
    const line = [pid];
    for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) line.push(at);
    const marked = line.findIndex(ancestor => found.has(ancestor));
    if (marked > 0 && !line.includes(process.pid)) found.add(pid);
  }
  return [...found];
}

/**
 * Ends all processes of a run: asks first, insists after `graceMs`. Who was seen at the start is remembered: a
 * container's process cannot be recognised any more once its shim has ended.
 */
export async function endRun(run: string, graceMs = 1500): Promise<void> {
  const seen = new Map<number, string | undefined>();
  const living = () => {
    for (const pid of processesOf(run)) if (!seen.has(pid)) seen.set(pid, startTimeOf(pid));
    return [...seen].filter(([pid, startTime]) => startTime !== undefined && startTimeOf(pid) === startTime);
  };
  for (const [name, limitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', 2000] as const]) {
    for (const [pid] of living()) signal(pid, name);
    const endMs = performance.now() + limitMs;
    while (performance.now() < endMs && living().length > 0) await delay(40);
  }
}

/** Ends what runs left whose owner was killed together with its guard. */
export async function sweepAbandoned(): Promise<void> {
  const abandoned = new Set(markedProcesses().flatMap(({ chain }) => chain.filter(isAbandoned)));
  for (const run of abandoned) await endRun(run, 0);
}

/** Whether the process that owned the run is gone (a reused process id does not count as the owner). */
export function isAbandoned(run: string): boolean {
  const [pid = '', startTime = ''] = run.split('.');
  const actual = startTimeOf(Number.parseInt(pid, 36));
  return actual === undefined || Number.parseInt(startTime, 36) !== Number(actual);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

function fromProc(): MarkedProcess[] {
  return fs.readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = fs.readFileSync(`/proc/${name}/environ`, 'latin1');
      const mark = new RegExp(`(?:^|\\0)${RUN_VARIABLE}=([^\\0]+)`).exec(environment);
      if (mark?.[1] === undefined || isZombie(name)) return [];
      return [{ pid: Number(name), chain: mark[1].split('/') }];
    } catch {
      return [];
    }
  });
}

function fromPs(): MarkedProcess[] {
  const listing = execFileSync('ps', ['eww', '-axo', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return listing.split('\n').flatMap(line => {
    const mark = new RegExp(`^\\s*(\\d+)\\s.*\\s${RUN_VARIABLE}=(\\S+)`).exec(line);
    return mark?.[1] && mark[2] ? [{ pid: Number(mark[1]), chain: mark[2].split('/') }] : [];
  });
}

function parentsOfAll(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // Ended meanwhile.
    }
  }
  return parents;
}

function isZombie(pid: string): boolean {
  return /\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

/** Field 22 of /proc/<pid>/stat; elsewhere "0" for a live process. */
function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      process.kill(pid, 0);
      return '0';
    }
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return afterName[0] === 'Z' ? undefined : afterName[19];
  } catch {
    return undefined;
  }
}
