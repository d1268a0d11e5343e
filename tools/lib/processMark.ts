// Every process that a run of ours starts carries WATCHKEEPER_RUN in its environment: a chain `<run>/<run>/…` of the
// runs it belongs to, each `<pid of owner>.<start time of owner>.<random>`. So the processes of a run can be found
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

/** A new run owned by this process, nested in the run this process itself belongs to. */
export function newRun(): { readonly run: string; readonly chain: string } {
  const run = `${process.pid}.${startTimeOf(process.pid) ?? 0}.${randomUUID().slice(0, 8)}`;
  const outer = process.env[RUN_VARIABLE];
  return { run, chain: outer ? `${outer}/${run}` : run };
}

export function markedProcesses(): MarkedProcess[] {
  const found = process.platform === 'linux' ? fromProc() : fromPs();
  return found.filter(({ pid }) => pid !== process.pid);
}

/** Ids of the live processes of a run. */
export function processesOf(run: string): number[] {
  return markedProcesses()
    .filter(({ chain }) => chain.includes(run))
    .map(({ pid }) => pid);
}

/** Ends all processes of a run: asks first, insists after `graceMs`. */
export async function endRun(run: string, graceMs = 1500): Promise<void> {
  for (const pid of processesOf(run)) signal(pid, 'SIGTERM');
  await waitForNone(run, graceMs);
  for (const pid of processesOf(run)) signal(pid, 'SIGKILL');
  await waitForNone(run, 1000);
}

/** Ends what runs left whose owner was itself killed. */
export function sweepAbandoned(): void {
  for (const { pid, chain } of markedProcesses()) if (chain.some(isAbandoned)) signal(pid, 'SIGKILL');
}

/** Whether the process that owned the run is gone (a reused process id does not count as the owner). */
export function isAbandoned(run: string): boolean {
  const [pid = '', startTime = ''] = run.split('.');
  const actual = startTimeOf(Number(pid));
  return actual === undefined || (startTime !== '0' && actual !== startTime);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

async function waitForNone(run: string, limitMs: number): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (performance.now() < endMs && processesOf(run).length > 0) await delay(40);
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
