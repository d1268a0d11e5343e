import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHAIN_FILE, RUN_VARIABLE } from './processList.ts';
import { endRun, newRunId, sweepAbandoned } from './processMark.ts';
import { removeFolder } from './removeFolder.ts';

/**
 * Something that a process of ours starts and writes: its processes carry the run's mark, its files lie in one folder.
 * A guard process clears both away when the owner dies without doing so, even by SIGKILL.
 */
export class Run {
  readonly id = newRunId();
  readonly folder: string;
  /** Environment for processes of the run. */
  readonly env: Readonly<Record<string, string>>;
  #ending: Promise<void> | undefined;
  #survivors: readonly number[] = [];

  constructor() {
    // Never inside the folder of an outer run: socket paths end at 108 characters.
    const base = process.env['WATCHKEEPER_TMP'] ?? os.tmpdir();
    this.folder = path.join(base, `wk-${this.id}`);
    fs.mkdirSync(this.folder);
    // Servers that drop root's rights must be able to pass.
    fs.chmodSync(this.folder, 0o755);
    const outer = process.env[RUN_VARIABLE];
    const chain = outer ? `${outer}/${this.id}` : this.id;
    fs.writeFileSync(path.join(this.folder, CHAIN_FILE), chain);
    this.env = { [RUN_VARIABLE]: chain, WATCHKEEPER_TMP: base };
    tellGuard(`add\t${this.id}\t${this.folder}\n`);
  }

  /** Processes that `end` could not end. */
  get survivors(): readonly number[] {
    return this.#survivors;
  }

  /** Ends the run's processes and deletes its folder. */
  end(): Promise<void> {
    this.#ending ??= endRun(this.id).then(left => {
      removeFolder(this.folder);
      tellGuard(`drop\t${this.id}\n`);
      this.#survivors = left;
    });
    return this.#ending;
  }
}

let current: Run | undefined;

/**
 * The run of this process itself: from here on all its children and temporary files belong to it. What earlier runs
 * left that were killed together with their guards goes first.
 */
export async function enterRun(): Promise<Run> {
  if (current === undefined) {
    current = new Run();
    Object.assign(process.env, current.env, { TMPDIR: current.folder });
    await sweepAbandoned(path.dirname(current.folder));
  }
  return current;
}

let guard: ChildProcess | undefined;

function tellGuard(line: string): void {
  guard ??= startGuard();
  guard.stdin?.write(line);
}

/** The guard outlives the runs it watches, so it carries no mark. */
function startGuard(): ChildProcess {
  const { [RUN_VARIABLE]: _mark, TMPDIR: _folder, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env,
  });
  child.on('error', () => {});
  child.unref();
  const pipe = child.stdin;
  pipe?.on('error', () => {});
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return child;
}
