import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';
import type { EngineAddress } from './endpoint.ts';

type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>;

/**
 * Reaches a remote engine the way Docker's own client does: `ssh … docker system dial-stdio`, so that the user's
 * keys, agent, jump hosts and known hosts apply. `program` is for tests.
 */
export function sshAgent(address: SshAddress, program: readonly string[] = ['ssh']): http.Agent {
  const agent = new http.Agent({ keepAlive: false });
  agent.createConnection = (() => {
    const [command = 'ssh', ...first] = program;
    return new ProcessStream(spawn(command, [...first, ...sshArguments(address)]));
  }) as typeof agent.createConnection;
  return agent;
}

/**
 * A program's input and output as one stream. Its end waits for the program's, which alone tells why: the end of the
 * output by itself would be told as "socket hang up", and a closed input as "premature close".
 */
class ProcessStream extends Duplex {
  private readonly child: ChildProcessWithoutNullStreams;
  private complaint = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    super();
    this.child = child;
    child.stdout.on('data', chunk => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.on('data', chunk => {
      if (this.complaint.length < 2_000) this.complaint += String(chunk);
    });
    child.stdin.on('error', () => {});
    child.once('error', error => this.destroy(error));
    child.once('close', code => {
      if (code === 0) this.push(null);
      else this.destroy(new Error(this.complaint.trim() || `ssh ended with code ${code}`));
    });
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.child.kill();
    done(error);
  }
}

/** BatchMode: a question for a password would hang unseen. */
export function sshArguments(address: SshAddress): readonly string[] {
  return [
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=10',
    ...(address.port === undefined ? [] : ['-p', String(address.port)]),
    ...(address.user === '' ? [] : ['-l', address.user]),
    '--',
    address.host,
    'docker',
    'system',
    'dial-stdio',
  ];
}
