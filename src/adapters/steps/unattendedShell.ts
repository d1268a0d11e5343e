import { type ChildProcess, spawn } from 'node:child_process';
import { BoundedText, toPlainText } from '../../domain/runbook/terminalText.ts';
import type { StepOutcome, StepRequest, StepTerminal } from '../../ports.ts';

const outputLimit = 64 * 1024;
const defaultTimeoutMs = 30_000;
/** What a finished shell left running in the background may hold its output open. */
const lingerMs = 300;

const quiet = { PAGER: 'cat', SYSTEMD_PAGER: 'cat', GIT_PAGER: 'cat', MANPAGER: 'cat', TERM: 'dumb' };

/**
 * Runs steps nobody watches, several at a time: `bash -c` without a terminal, a group of its own, and an end to it.
 * A step that asks for input finds none.
 */
export class UnattendedShell implements StepTerminal {
  private readonly timeoutMs: number;

  constructor(timeoutMs = defaultTimeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    if (signal.aborted)
      return Promise.resolve({ kind: 'unknown', reason: 'cancelled', output: '', tookMs: 0 });
    return new Promise(resolve => {
      const startedMs = performance.now();
      const text = new BoundedText(outputLimit);
      const child = spawn('bash', ['-c', request.command], {
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...quiet, ...request.env, ...request.variables },
        ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (chunk: string) => text.append(chunk));
      }
      const timers: NodeJS.Timeout[] = [];
      let isFinished = false;
      const finish = (end: { exitCode: number } | { reason: string }) => {
        if (isFinished) return;
        isFinished = true;
        for (const timer of timers) clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        endGroup(child);
        const common = { output: toPlainText(text.toString()), tookMs: performance.now() - startedMs };
        resolve(
          'exitCode' in end ? { kind: 'exited', ...end, ...common } : { kind: 'unknown', ...end, ...common },
        );
      };
      const cancel = () => finish({ reason: 'cancelled' });
      signal.addEventListener('abort', cancel, { once: true });
      timers.push(setTimeout(() => finish({ reason: noEnd(this.timeoutMs) }), this.timeoutMs));
      child.once('error', error => finish({ reason: `cannot be run: ${error.message}` }));
      child.once('exit', (code, sign) => {
        const end = code === null ? { reason: `ended by ${sign ?? 'a signal'}` } : { exitCode: code };
        child.once('close', () => finish(end));
        timers.push(setTimeout(() => finish(end), lingerMs));
      });
    });
  }
}

function noEnd(timeoutMs: number): string {
  return `no end after ${Math.round(timeoutMs / 1000)} s`;
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
