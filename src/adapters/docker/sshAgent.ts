import { spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex, PassThrough } from 'node:stream';
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
    const child = spawn(command, [...first, ...sshArguments(address)], { stdio: ['pipe', 'pipe', 'pipe'] });
    // Its end waits for the program's: the end of its output alone would be told as "socket hang up".
    const output = child.stdout.pipe(new PassThrough(), { end: false });
    const duplex = Duplex.from({ readable: output, writable: child.stdin });
    let complaint = '';
    child.stderr.on('data', chunk => {
      if (complaint.length < 2_000) complaint += String(chunk);
    });
    child.once('error', error => duplex.destroy(error));
    child.once('close', code => {
      if (code === 0) output.end();
      else duplex.destroy(new Error(complaint.trim() || `ssh ended with code ${code}`));
    });
    child.stdin.on('error', () => {});
    duplex.once('close', () => child.kill());
    return duplex;
  }) as typeof agent.createConnection;
  return agent;
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
