import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endRun, newRunId, RUN_VARIABLE } from './processMark.ts';
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

  constructor() {
    // Never inside the folder of an outer run: socket paths end at 108 characters.
    const base = process.env['WATCHKEEPER_TMP'] ?? os.tmpdir();
    this.folder = path.join(base, `wk-${this.id}`);
    fs.mkdirSync(this.folder);
    // Servers that drop root's rights must be able to pass.
    fs.chmodSync(this.folder, 0o755);
    const outer = process.env[RUN_VARIABLE];
    const chain = outer ? `${outer}/${this.id}` : this.id;
    this.env = { [RUN_VARIABLE]: chain, WATCHKEEPER_TMP: base };
    tellGuard(`add\t${this.id}\t${this.folder}\n`);
  }

  /** Ends the run's processes and deletes its folder. */
  end(): Promise<void> {
    this.#ending ??= endRun(this.id).then(() => {
      removeFolder(this.folder);
      tellGuard(`drop\t${this.id}\n`);
    });
    return this.#ending;
  }
}

let current: Run | undefined;

/** The run of this process itself: from here on all its children and temporary files belong to it. */
export function enterRun(): Run {
  if (current === undefined) {
    current = new Run();
    Object.assign(process.env, current.env, { TMPDIR: current.folder });
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
