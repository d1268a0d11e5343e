// A machine of one's own at the end of a cable: a network namespace that ends with the process that holds it, so that
// nothing is left behind. In it a Redis, and walls of every kind around it.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Run } from '../../../../tools/lib/run.ts';
import { ensureSystemParts, findProgram } from '../../../../tools/lib/systemParts.ts';
import { startProgram, untilReady } from '../../../parts/part.ts';

export interface WalledNetwork {
  /** The far end; Redis listens on 6379 of it. */
  readonly address: string;
  /** Changes the far end's packet filter, e.g. `-A INPUT -p tcp --dport 81 -j DROP`. */
  filter(rule: string): void;
  stop(): Promise<void>;
}

export async function startWalledNetwork(): Promise<WalledNetwork> {
  await ensureSystemParts(['ip', 'iptables', 'redis']);
  if (process.getuid?.() !== 0) throw new Error('A network namespace of its own needs root.');
  const run = new Run();
  const holder = startProgram(run, {
    name: 'holder',
    program: 'unshare',
    args: ['--net', 'sh', '-c', 'echo ready >&2; exec sleep 100000'],
  });
  try {
    const within = ['-t', String(holder.pid), '-n'];
    const far = (command: string) =>
      execFileSync('nsenter', [...within, ...command.split(' ')], { stdio: 'pipe' });
    const near = (command: string) => execFileSync('ip', command.split(' '), { stdio: 'pipe' });
    await untilReady(path.join(run.folder, 'holder.log'), holder, () => isApart(holder.pid));
    // Addresses for measurements between networks (RFC 2544): nobody uses them.
    const net = `198.18.${process.pid % 250}.${((process.pid >> 8) % 60) * 4}`.split('.');
    const [near4, far4] = [1, 2].map(add => [...net.slice(0, 3), Number(net[3]) + add].join('.'));
    const name = `wk${holder.pid}`;
    near(`link add ${name} type veth peer name eth0 netns ${holder.pid}`);
    near(`addr add ${near4}/30 dev ${name}`);
    near(`link set ${name} up`);
    far(`ip addr add ${far4}/30 dev eth0`);
    far('ip link set eth0 up');
    far('ip link set lo up');
    const address = far4 ?? '';
    const redis = startProgram(run, {
      name: 'redis',
      program: 'nsenter',
      args: [
        ...[...within, findProgram('redis-server') ?? 'redis-server', '--bind', address, '--port', '6379'],
        ...['--protected-mode', 'no', '--save', '', '--dir', run.folder],
      ],
    });
    const ping = async () => {
      const args = ['-h', address, 'ping'];
      const answer = execFileSync(findProgram('redis-cli') ?? 'redis-cli', args, { stdio: 'pipe' });
      return answer.includes('PONG');
    };
    await untilReady(path.join(run.folder, 'redis.log'), redis, ping);
    return { address, filter: rule => void far(`iptables ${rule}`), stop: () => run.end() };
  } catch (error) {
    await run.end();
    throw error;
  }
}

function isApart(pid: number | undefined): boolean {
  const own = execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' });
  return own !== execFileSync('readlink', [`/proc/${pid}/ns/net`], { encoding: 'utf8' });
}
