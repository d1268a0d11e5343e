// Every process that a run of ours starts carries WATCHKEEPER_RUN in its environment: a chain `<run>/<run>/…` of the
// runs it belongs to, each `<pid of owner>.<start time of owner>.<random>` in base 36. So the processes of a run can be found
// and ended even when they were detached, re-parented or left by a crash. (VS Code strips VSCODE_* variables from the
// shells of its terminals, hence the other prefix.)
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { markedProcesses, parentsOfAll, startTimeOf } from './processList.ts';
import { removeFolder } from './removeFolder.ts';

let made = 0;

/**
 * Name of a new run that this process owns. Counted, since a few random characters alone meet again after some hundreds
 * of runs. Short: it is part of socket paths, which end at 108 characters.
 */
export function newRunId(): string {
  const startTime = Number(startTimeOf(process.pid) ?? 0).toString(36);
  return `${process.pid.toString(36)}.${startTime}.${(made++).toString(36)}${randomUUID().slice(0, 3)}`;
}

/**
 * Ids of the live processes of a run and their descendants. A container's first process has a clean environment, but
 * is a child of a shim that carries the mark.
 */
export function processesOf(run: string): number[] {
  const marked = markedProcesses().filter(({ chain }) => chain.includes(run));
  return withDescendants(marked.map(({ pid }) => pid));
}

/** The processes and all they started, without this process and what it started itself. */
export function withDescendants(pids: readonly number[]): number[] {
  const found = new Set(pids);
  if (found.size === 0) return [];
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
 * container's process cannot be recognised any more once its shim has ended. Gives the ids of those that outlived it.
 */
export async function endRun(run: string, graceMs = 1500): Promise<readonly number[]> {
  const seen = new Map<number, string | undefined>();
  const living = () => {
    for (const pid of processesOf(run)) if (!seen.has(pid)) seen.set(pid, startTimeOf(pid));
    return [...seen]
      .filter(([pid, startTime]) => startTime !== undefined && startTimeOf(pid) === startTime)
      .map(([pid]) => pid);
  };
  let left = living();
  for (const [name, limitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', 5000] as const]) {
    const told = new Set<number>();
    const endMs = performance.now() + limitMs;
    while (left.length > 0 && performance.now() < endMs) {
      // An engine that is being ended may just be starting one more container.
      for (const pid of left) if (!told.has(pid)) signal(pid, name);
      for (const pid of left) told.add(pid);
      await delay(40);
      left = living();
    }
  }
  return left;
}

/** Ends what runs left whose owner was killed together with its guard, and deletes their folders. */
export async function sweepAbandoned(base: string): Promise<void> {
  const marked = markedProcesses().flatMap(({ chain }) => chain);
  const isOurs = (name: string) => fs.lstatSync(path.join(base, name)).uid === process.getuid?.();
  const folders = fs
    .readdirSync(base)
    .flatMap(name => /^wk-(\w+\.\w+\.[0-9a-f]{4})$/.exec(name)?.[1] ?? [])
    .filter(run => isOurs(`wk-${run}`));
  for (const run of new Set([...marked, ...folders].filter(isAbandoned))) {
    const left = await endRun(run, 0);
    if (left.length === 0 && folders.includes(run)) removeFolder(path.join(base, `wk-${run}`));
  }
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
