import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endRun, newRunId, RUN_VARIABLE } from './processMark.ts';
import { removeFolder } from './removeFolder.ts';

/**
 * Everything that one process of ours starts and writes: its children carry the run's mark, its temporary files lie
 * in one folder. A guard process clears both away when the owner dies without doing so, even by SIGKILL.
 */
export class Run {
  readonly id: string;
  readonly folder: string;
  /** Environment for children that belong to the run; their temporary files go to its folder too. */
  readonly env: Readonly<Record<string, string>>;
  readonly #guard: ChildProcess;

  constructor() {
    this.id = newRunId();
    // Not inside the folder of an outer run: socket paths end at 108 characters.
    const base = process.env['WATCHKEEPER_TMP'] ?? os.tmpdir();
    this.folder = path.join(base, `wk-${this.id}`);
    fs.mkdirSync(this.folder, { mode: 0o755 });
    const outer = process.env[RUN_VARIABLE];
    const chain = outer ? `${outer}/${this.id}` : this.id;
    this.env = { [RUN_VARIABLE]: chain, TMPDIR: this.folder, WATCHKEEPER_TMP: base };
    this.#guard = startGuard(this.id, this.folder);
  }

  /** Ends the run's processes and deletes its folder. */
  async end(): Promise<void> {
    await endRun(this.id);
    removeFolder(this.folder);
    this.#guard.stdin?.end();
  }
}

let current: Run | undefined;

/** The run of this process itself: from here on its children and temporary files belong to it. */
export function enterRun(): Run {
  if (current === undefined) {
    current = new Run();
    Object.assign(process.env, current.env);
  }
  return current;
}

/** The guard must outlive the run, so it carries no mark; it waits for the end of its standard input. */
function startGuard(id: string, folder: string): ChildProcess {
  const { [RUN_VARIABLE]: _mark, TMPDIR: _folder, ...env } = process.env;
  const guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.ts'), id, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env,
  });
  guard.on('error', () => {});
  guard.stdin?.on('error', () => {});
  guard.unref();
  const pipe = guard.stdin;
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return guard;
}
