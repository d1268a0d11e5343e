// A private sshd on loopback with keys of its own, and an ssh that knows only them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { freePort } from '../../tools/lib/vscodeServer.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export interface SshPart extends Part {
  readonly port: number;
  readonly user: string;
  /** To be first in PATH: an `ssh` with the private key and known host of this server. */
  readonly programFolder: string;
  /** The same with a key that the server does not know. */
  readonly strangerFolder: string;
}

/** `env`: what commands on the far side find in their environment. */
export async function startSsh(env: Readonly<Record<string, string>>): Promise<SshPart> {
  await ensureSystemParts(['sshServer']);
  const run = new Run();
  const at = (name: string) => path.join(run.folder, name);
  const port = await freePort();
  const makeKey = (name: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', at(name)]);
  for (const name of ['host', 'client', 'stranger']) makeKey(name);
  fs.copyFileSync(at('client.pub'), at('authorized'));
  fs.writeFileSync(at('known'), `[127.0.0.1]:${port} ${fs.readFileSync(at('host.pub'), 'utf8')}`);
  fs.writeFileSync(at('sshd.conf'), sshdConfig(run.folder, port, env));
  // Compiled into Debian's sshd; it refuses to start without.
  if (process.getuid?.() === 0) fs.mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  try {
    const child = startProgram(run, {
      name: 'sshd',
      // sshd writes over its environment, and with it over the mark by which a run finds its processes: a shell keeps it,
      // and takes sshd with it.
      program: 'sh',
      args: [
        '-c',
        '"$0" -D -e -f "$1" & trap "kill $!" TERM; wait',
        findProgram('sshd') ?? '/usr/sbin/sshd',
        at('sshd.conf'),
      ],
    });
    await untilReady(at('sshd.log'), child, () => greets(port));
  } catch (error) {
    await run.end();
    throw error;
  }
  return {
    folder: run.folder,
    port,
    user: os.userInfo().username,
    programFolder: writeProgram(run.folder, 'client'),
    strangerFolder: writeProgram(run.folder, 'stranger'),
    stop: () => run.end(),
  };
}

function sshdConfig(folder: string, port: number, env: Readonly<Record<string, string>>): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    `SetEnv ${set.join(' ')}`,
    '',
  ].join('\n');
}

/** The real ssh, which would otherwise take keys and known hosts from the account's own folder. */
function writeProgram(folder: string, key: string): string {
  const place = path.join(folder, `bin-${key}`);
  fs.mkdirSync(place);
  const real = findProgram('ssh') ?? '/usr/bin/ssh';
  const options = [
    `IdentityFile=${folder}/${key}`,
    'IdentitiesOnly=yes',
    `UserKnownHostsFile=${folder}/known`,
  ]
    .map(option => `-o ${option}`)
    .join(' ');
  fs.writeFileSync(path.join(place, 'ssh'), `#!/bin/sh\nexec ${real} -F none ${options} "$@"\n`, {
    mode: 0o755,
  });
  return place;
}

function greets(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('data', data => {
      socket.destroy();
      resolve(data.toString().startsWith('SSH-2.0'));
    });
    socket.once('error', () => resolve(false));
  });
}
