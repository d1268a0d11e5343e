// What all real parts share: a run of their own (processes and folder), output in a file, waiting until they answer.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../../tools/lib/run.ts';

export interface Part {
  /** Private folder of the part, deleted when it stops. */
  readonly folder: string;
  /** Ends every process of the part and deletes its folder; may be called twice. */
  stop(): Promise<void>;
}

export interface PartProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a server of the part; its output goes to `<folder>/<name>.log`. */
export function startProgram(run: Pick<Run, 'env' | 'folder'>, options: PartProgram): ChildProcess {
  const log = fs.openSync(path.join(run.folder, `${options.name}.log`), 'a');
  const child = spawn(options.program, options.args, {
    env: { ...process.env, ...run.env, ...options.env },
    cwd: run.folder,
    stdio: ['ignore', log, log],
    detached: true,
    ...options.user,
  });
  fs.closeSync(log);
  child.on('error', () => {});
  child.unref();
  return child;
}

/**
 * Waits until `probe` says true.
 * @throws Error with the end of the log when the program ends first or the limit passes
 */
export async function untilReady(
  log: string,
  child: ChildProcess,
  probe: () => Promise<boolean> | boolean,
  limitMs = 60_000,
): Promise<void> {
  const name = path.basename(log, '.log');
  const endMs = performance.now() + limitMs;
  for (;;) {
    if (await Promise.resolve(probe()).catch(() => false)) return;
    const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (hasEnded || performance.now() > endMs) {
      const tail = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').slice(-2000) : '';
      throw new Error(`${name} ${hasEnded ? 'ended' : `did not answer within ${limitMs} ms`}:\n${tail}`);
    }
    await delay(25);
  }
}
