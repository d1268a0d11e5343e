import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandOf, type MarkedProcess, markedProcesses } from './processList.ts';
import { withDescendants } from './processMark.ts';
import type { Run } from './run.ts';

/** Guards of tests that broke down need a moment to clear up after them. */
const SETTLE_MS = 60_000;

/**
 * The end of a run of tests: names every process that a test left behind, then ends the run. Gives how many that were,
 * each of which is a failure. The engine that all tests share ends with the run and does not count.
 */
export async function closeRun(run: Run, settleMs = SETTLE_MS): Promise<number> {
  const endMs = performance.now() + settleMs;
  let left = leftBehind(run);
  while (left.length > 0 && performance.now() < endMs) {
    await delay(100);
    left = leftBehind(run);
  }
  for (const { pid } of left) console.error(`✖ a test left a process behind: ${describe(pid)}`);
  await run.end();
  for (const pid of run.survivors) console.error(`✖ could not be ended: ${describe(pid)}`);
  return left.length + run.survivors.length;
}

function leftBehind(run: Run): readonly MarkedProcess[] {
  const ours = markedProcesses().filter(({ chain }) => chain.includes(run.id));
  const engineFolder = path.join(run.folder, 'docker') + path.sep;
  const engine = ours.filter(({ pid }) => commandOf(pid).includes(engineFolder));
  const shared = new Set(withDescendants(engine.map(({ pid }) => pid)));
  return ours.filter(({ pid }) => !shared.has(pid) && !isOwnHelper(pid));
}

/** esbuild keeps one process beside whoever used it, until that one ends. */
function isOwnHelper(pid: number): boolean {
  return /esbuild\S* --service=/.test(commandOf(pid));
}

function describe(pid: number): string {
  return `${pid} ${commandOf(pid).slice(0, 200)}`;
}
