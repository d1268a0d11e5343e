import fs from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { Run } from '../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../tools/lib/systemParts.ts';
import { freePort } from '../../tools/lib/vscodeServer.ts';
import { type Part, startProgram, untilReady } from './part.ts';

export interface RedisPart extends Part {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly socketPath: string;
  /** Process to pause (SIGSTOP) or kill in a test. */
  readonly pid: number;
}

export interface RedisOptions {
  readonly password?: string;
  readonly port?: number;
  /** Further `redis-server` arguments. */
  readonly args?: readonly string[];
  /** What was saved before, to be loaded at the start: the part is there as soon as it says that it loads. */
  readonly dump?: Uint8Array;
}

/** A private redis-server without persistence, on loopback and a unix socket. */
export async function startRedis({
  password,
  port: wanted,
  args = [],
  dump,
}: RedisOptions = {}): Promise<RedisPart> {
  await ensureSystemParts(['redis']);
  const run = new Run();
  const port = wanted ?? (await freePort());
  const socketPath = path.join(run.folder, 'redis.sock');
  if (dump !== undefined) fs.writeFileSync(path.join(run.folder, 'dump.rdb'), dump);
  const child = startProgram(run, {
    name: 'redis',
    program: findProgram('redis-server') ?? 'redis-server',
    args: [
      ...['--bind', '127.0.0.1', '--port', String(port), '--unixsocket', socketPath],
      ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--dir', run.folder],
      ...(password === undefined ? [] : ['--requirepass', password]),
      ...args,
    ],
  });
  try {
    await untilReady(path.join(run.folder, 'redis.log'), child, () =>
      answersPing(socketPath, dump === undefined ? /^(\+PONG|-NOAUTH)/ : /^-LOADING/),
    );
  } catch (error) {
    await run.end();
    throw error;
  }
  const credentials = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return {
    folder: run.folder,
    host: '127.0.0.1',
    port,
    url: `redis://${credentials}127.0.0.1:${port}`,
    socketPath,
    pid: child.pid ?? 0,
    stop: () => run.end(),
  };
}

/** A password is no hindrance: the refusal is an answer too. While it loads, Redis answers -LOADING. */
function answersPing(socketPath: string, wanted: RegExp): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(socketPath, () => socket.write('PING\r\n'));
    socket.once('data', data => {
      socket.destroy();
      resolve(wanted.test(data.toString()));
    });
    socket.once('error', () => resolve(false));
  });
}
