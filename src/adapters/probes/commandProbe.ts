import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeSpec, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';
import type { Finding } from './networkProblem.ts';

type CommandSpec = Extract<ProbeSpec, { kind: 'command' }>;

/** A command of the workspace: exit code 0 is up. Not run unless the workspace is trusted. */
export class CommandProbe implements Probe {
  readonly kind = 'command';
  private readonly clock: Clock;
  private readonly isTrusted: () => boolean;
  private readonly cwd: string | undefined;

  constructor(clock: Clock, isTrusted: () => boolean, cwd: string | undefined) {
    this.clock = clock;
    this.isTrusted = isTrusted;
    this.cwd = cwd;
  }

  check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'command')
      return Promise.resolve(attempt.outcome({ verdict: 'unknown', seen: 'not a command check' }));
    if (!this.isTrusted())
      return Promise.resolve(
        attempt.outcome({ verdict: 'unknown', seen: 'not run: the workspace is not trusted' }),
      );
    return this.run(spec, attempt, signal);
  }

  private run(spec: CommandSpec, attempt: Attempt, signal: AbortSignal): Promise<ProbeOutcome> {
    return new Promise(resolve => {
      const cwd = spec.cwd ?? this.cwd;
      // A group of its own, so that what the shell started ends with it.
      const child = spawn(spec.command, {
        shell: true,
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(cwd === undefined ? {} : { cwd }),
      });
      let output = '';
      const collect = (chunk: Buffer) => {
        output = (output + chunk.toString('utf8')).slice(-2_000);
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      const finish = (finding: Finding & { readonly wanted?: string }) => {
        signal.removeEventListener('abort', abort);
        resolve(attempt.outcome(finding, output.trim() === '' ? {} : { output: output.trim().slice(-500) }));
      };
      const abort = () => {
        endGroup(child);
        finish({ verdict: 'down', seen: 'the command did not end in time', wanted: 'exit 0' });
      };
      signal.addEventListener('abort', abort, { once: true });
      child.once('error', error => finish({ verdict: 'unknown', seen: `cannot be run: ${error.message}` }));
      child.once('close', code => finish(commandFinding(code, output)));
    });
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** 126 and 127 are the shell's own: the check was never made. */
function commandFinding(code: number | null, output: string): Finding & { readonly wanted?: string } {
  if (code === 0) return { verdict: 'up', seen: 'exit 0' };
  const lastLine = output.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  if (code === 126 || code === 127) return { verdict: 'unknown', seen: `cannot be run here: ${lastLine}` };
  const seen = code === null ? 'ended by a signal' : `exit ${code}`;
  return { verdict: 'down', seen: lastLine === '' ? seen : `${seen}: ${lastLine}`, wanted: 'exit 0' };
}
