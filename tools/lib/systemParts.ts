import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { run } from './process.ts';
import { step } from './progress.ts';

interface SystemPart {
  /** Absolute paths or program names, any of which proves that the part is there. */
  readonly proof: readonly string[];
  readonly apt: string;
  readonly brew: string | undefined;
}

const parts = {
  docker: { proof: ['dockerd'], apt: 'docker.io', brew: undefined },
  dockerCompose: { proof: ['docker-compose'], apt: 'docker-compose', brew: 'docker-compose' },
  // A second kind of engine, and one behind ssh.
  podman: { proof: ['podman'], apt: 'podman', brew: undefined },
  sshServer: { proof: ['sshd'], apt: 'openssh-server', brew: undefined },
  // A network of its own with a wall in it.
  ip: { proof: ['ip'], apt: 'iproute2', brew: undefined },
  iptables: { proof: ['iptables'], apt: 'iptables', brew: undefined },
  redis: { proof: ['redis-server'], apt: 'redis-server', brew: 'redis' },
  postgres: { proof: ['initdb', '/usr/lib/postgresql'], apt: 'postgresql', brew: 'postgresql@17' },
  busybox: { proof: ['/bin/busybox', '/usr/bin/busybox'], apt: 'busybox-static', brew: undefined },
  prometheus: { proof: ['prometheus'], apt: 'prometheus', brew: 'prometheus' },
  blackboxExporter: {
    proof: ['prometheus-blackbox-exporter', 'blackbox_exporter'],
    apt: 'prometheus-blackbox-exporter',
    brew: undefined,
  },
  zsh: { proof: ['zsh'], apt: 'zsh', brew: 'zsh' },
  fish: { proof: ['fish'], apt: 'fish', brew: 'fish' },
  jq: { proof: ['jq'], apt: 'jq', brew: 'jq' },
  curl: { proof: ['curl'], apt: 'curl', brew: 'curl' },
  browserLibraries: { proof: [], apt: 'libnss3', brew: undefined },
} as const satisfies Readonly<Record<string, SystemPart>>;

export type SystemPartName = keyof typeof parts;

/** All parts that the tests use. */
export const systemPartNames: readonly SystemPartName[] = [
  'docker',
  'dockerCompose',
  'podman',
  'sshServer',
  'ip',
  'iptables',
  'redis',
  'postgres',
  'busybox',
  'prometheus',
  'blackboxExporter',
  'zsh',
  'fish',
  'jq',
  'curl',
];

/** Where Debian keeps daemons; often missing from an ordinary user's PATH. */
const SEARCH = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/opt/homebrew/bin',
];

/** Absolute path of a program on PATH or in a system folder. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), ...SEARCH];
  return folders.map(folder => `${folder}/${name}`).find(file => fs.existsSync(file));
}

export function missingParts(names: readonly SystemPartName[]): SystemPartName[] {
  return names.filter(name => {
    const { proof }: SystemPart = parts[name];
    return !proof.some(item =>
      item.startsWith('/') ? fs.existsSync(item) : findProgram(item) !== undefined,
    );
  });
}

/**
 * Makes sure that system packages are there: installs them by apt as root or with CI=true.
 * @throws Error that names what is missing and the exact command that installs it.
 */
export async function ensureSystemParts(names: readonly SystemPartName[]): Promise<void> {
  const missing = missingParts(names);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  const hasApt = process.platform === 'linux' && findProgram('apt-get') !== undefined;
  if (!hasApt || !(isRoot || process.env['CI'] === 'true')) throw new Error(adviceFor(missing));
  const packages = missing.map(name => parts[name].apt);
  await step(`Installing ${packages.join(', ')} by apt (once)`, () => installByApt(packages, isRoot));
  const still = missing.filter(name => parts[name].proof.length > 0 && missingParts([name]).length > 0);
  if (still.length > 0) throw new Error(adviceFor(still));
}

async function installByApt(packages: readonly string[], isRoot: boolean): Promise<void> {
  const prefix = isRoot ? [] : ['sudo', '-n'];
  // Packaged daemons must not start by themselves: the tests run private ones, and a port could collide.
  const policy = '/usr/sbin/policy-rc.d';
  const addsPolicy = isRoot && !fs.existsSync(policy);
  if (addsPolicy) fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await apt([...prefix, 'apt-get', 'update', '-qq']);
    const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
    if ((await apt([...prefix, ...install])) !== 0)
      throw new Error(
        `apt-get could not install ${packages.join(' ')}: run "${install.join(' ')}" to see why.`,
      );
  } finally {
    if (addsPolicy) fs.rmSync(policy, { force: true });
  }
}

function apt([program = '', ...args]: readonly string[]): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

function adviceFor(names: readonly SystemPartName[]): string {
  if (process.platform !== 'darwin')
    return `Missing: ${names.join(', ')}. Install with:\n  sudo apt-get update && sudo apt-get install -y ${names.map(name => parts[name].apt).join(' ')}`;
  const formulas = names.flatMap(name => parts[name].brew ?? []);
  const rest = names.filter(name => parts[name].brew === undefined);
  const brew = formulas.length > 0 ? ` Install with:\n  brew install ${formulas.join(' ')}` : '';
  return `Missing: ${names.join(', ')}.${brew}${rest.length > 0 ? `\nNot packaged for macOS: ${rest.join(', ')}` : ''}`;
}

/** Whether the dynamic libraries of a program all resolve. */
export function hasAllLibraries(program: string, env: NodeJS.ProcessEnv): boolean {
  const listing = spawnSync('ldd', [program], { encoding: 'utf8', env });
  return listing.status === 0 && !listing.stdout.includes('not found');
}
