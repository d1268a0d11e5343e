import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from './run.ts';

/** The one way out of a launcher: ends every process of the run, deletes its folder, then exits. */
export class ExitGate {
  readonly #run: Run;
  readonly #before: (() => Promise<unknown>)[] = [];
  #leaving: Promise<void> | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Adds a polite farewell; it gets at most 3 s. */
  beforeEnd(action: () => Promise<unknown>): void {
    this.#before.push(action);
  }

  /** Leaves on signals, errors, the time limit, and when the parent process goes away. */
  watch(limitMs: number): void {
    // The reader of our output may be gone already.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    process.on('SIGINT', () => this.exit(130, 'interrupted'));
    process.on('SIGTERM', () => this.exit(143, 'terminated'));
    process.on('uncaughtException', error => this.exit(70, `launcher: ${error.stack ?? error.message}`));
    process.on('unhandledRejection', reason =>
      this.exit(70, `launcher: ${reason instanceof Error ? reason.stack : String(reason)}`),
    );
    setTimeout(() => this.exit(124, `no result after ${limitMs / 1000} s`), limitMs);
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void this.exit(129, 'the parent process went away');
    }, 1000);
  }

  exit(code: number, why?: string): Promise<void> {
    this.#leaving ??= this.#leave(code, why);
    return this.#leaving;
  }

  async #leave(code: number, why: string | undefined): Promise<void> {
    if (why !== undefined) console.error(`VS Code under test: ${why}`);
    await Promise.race([Promise.allSettled(this.#before.map(action => action())), delay(3000)]);
    await this.#run.end();
    process.exit(code);
  }
}
