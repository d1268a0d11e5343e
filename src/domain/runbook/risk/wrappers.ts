/** How to find the command that another program runs. */
export interface Inner {
  /** The inner command as words, or as shell text. */
  readonly words?: readonly string[];
  readonly text?: string;
}

interface PrefixRule {
  /** Options that take the next word. */
  readonly valueOptions: string;
  /** Plain words before the command: `timeout 5 cmd`, `chroot /host cmd`. */
  readonly skip: number;
}

const PREFIXES: Readonly<Record<string, PrefixRule>> = {
  sudo: { valueOptions: '-u -g -h -p -C -r -t -T -U --user --group --host', skip: 0 },
  doas: { valueOptions: '-u -C', skip: 0 },
  env: { valueOptions: '-u -C -S --unset --chdir', skip: 0 },
  time: { valueOptions: '-f -o', skip: 0 },
  nohup: { valueOptions: '', skip: 0 },
  nice: { valueOptions: '-n', skip: 0 },
  ionice: { valueOptions: '-c -n -p', skip: 0 },
  stdbuf: { valueOptions: '-i -o -e', skip: 0 },
  setsid: { valueOptions: '', skip: 0 },
  exec: { valueOptions: '-a', skip: 0 },
  command: { valueOptions: '', skip: 0 },
  builtin: { valueOptions: '', skip: 0 },
  timeout: { valueOptions: '-s -k --signal --kill-after', skip: 1 },
  flock: { valueOptions: '-w -E', skip: 1 },
  taskset: { valueOptions: '', skip: 1 },
  xargs: {
    valueOptions: '-I -n -P -L -d -s -a -E --max-args --max-procs --delimiter --replace --max-lines',
    skip: 0,
  },
  parallel: { valueOptions: '-j -P --jobs', skip: 0 },
  chroot: { valueOptions: '', skip: 1 },
  nsenter: { valueOptions: '-t -S -G --target', skip: 0 },
  unshare: { valueOptions: '', skip: 0 },
  unbuffer: { valueOptions: '', skip: 0 },
  bundle: { valueOptions: '', skip: 1 },
  bundler: { valueOptions: '', skip: 1 },
  toolbox: { valueOptions: '', skip: 0 },
  strace: { valueOptions: '-e -o -p -s', skip: 0 },
  'aws-vault': { valueOptions: '', skip: 2 },
};
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish']);
const CONTAINER = new Set([
  'docker',
  'podman',
  'nerdctl',
  'crictl',
  'docker-compose',
  'podman-compose',
  'lxc',
]);
const CONTAINER_VALUES = new Set(
  '-u --user -e --env -w --workdir -v --volume -p --publish --name --network --net --entrypoint --rm-after -h --hostname --env-file --mount --memory -m --cpus --platform --pid --label -l --index --index= --log-driver --restart --cap-add --volumes-from --add-host --dns --ulimit -f --file --project-name --profile'.split(
    ' ',
  ),
);
const SSH_VALUES = new Set(
  '-p -i -l -o -F -J -L -R -D -b -c -E -e -m -O -Q -S -W -w -a -C -x -X -n'
    .split(' ')
    .filter(o => !/^-[aCxXn]$/.test(o)),
);

export function isShell(program: string): boolean {
  return SHELLS.has(program);
}

/** The command inside, if the program is a wrapper around one; undefined when it is not (or wraps nothing). */
export function innerCommand(program: string, args: readonly string[]): Inner | undefined {
  if (SHELLS.has(program) || program === 'su') return afterDashC(args);
  if (program === 'ssh' || program === 'tsh') return sshCommand(program, args);
  if (program === 'kubectl' || program === 'oc' || program === 'k') return kubeCommand(args);
  if (CONTAINER.has(program)) return containerCommand(args);
  if (program === 'knife' && args[0] === 'ssh') return knifeCommand(args.slice(1));
  if (program === 'eval') return { text: args.join(' ') };
  if (program === 'watch')
    return { text: afterOptions(args, new Set(['-n', '--interval', '-d='])).join(' ') };
  if (program === 'ansible') return optionText(args, ['-a', '--args']);
  if (program === 'gcloud') return optionText(args, ['--command']);
  const rule = PREFIXES[program];
  return rule && prefixCommand(args, rule);
}

/** `find … -exec cmd {} ;` may hold several commands. */
export function findCommands(args: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  for (let i = 0; i < args.length; i++) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(args[i] ?? '')) continue;
    const end = args.findIndex((word, at) => at > i && /^(?:;|\\;|\+)$/.test(word));
    found.push(args.slice(i + 1, end < 0 ? undefined : end));
  }
  return found;
}

function prefixCommand(args: readonly string[], rule: PrefixRule): Inner | undefined {
  const rest = afterOptions(args, new Set(rule.valueOptions.split(' '))).slice(rule.skip);
  while (/^[A-Za-z_]\w*=/.test(rest[0] ?? '')) rest.shift();
  return rest.length > 0 ? { words: rest } : undefined;
}

function afterOptions(args: readonly string[], valueOptions: ReadonlySet<string>): string[] {
  const rest = [...args];
  while (/^-/.test(rest[0] ?? '') || /^[A-Za-z_]\w*=/.test(rest[0] ?? '')) {
    const option = rest.shift() ?? '';
    if (option === '--') break;
    if (valueOptions.has(option)) rest.shift();
  }
  return rest;
}

function afterDashC(args: readonly string[]): Inner | undefined {
  const at = args.findIndex(word => /^-[a-z]*c$/.test(word));
  const text = args[at + 1];
  return at >= 0 && text !== undefined ? { text } : undefined;
}

function sshCommand(program: string, args: readonly string[]): Inner | undefined {
  const own = program === 'tsh' ? args.slice(args.indexOf('ssh') + 1) : args;
  const rest = afterOptions(own, SSH_VALUES).slice(1);
  while (/^-/.test(rest[0] ?? '')) {
    const option = rest.shift() ?? '';
    if (SSH_VALUES.has(option)) rest.shift();
  }
  return rest.length > 0 ? { text: rest.join(' ') } : undefined;
}

function kubeCommand(args: readonly string[]): Inner | undefined {
  const verb = args.findIndex(word => /^(?:exec|debug|rsh|run)$/.test(word));
  if (verb < 0) return undefined;
  const dashes = args.indexOf('--', verb);
  if (dashes >= 0) return { words: args.slice(dashes + 1) };
  if (args[verb] === 'debug' || args[verb] === 'run') return undefined;
  const values = new Set([
    '-n',
    '--namespace',
    '-c',
    '--container',
    '--context',
    '--shell',
    '--timeout',
    '-f',
  ]);
  const rest = afterOptions(args.slice(verb + 1), values).slice(1);
  while (/^-/.test(rest[0] ?? '')) if (values.has(rest.shift() ?? '')) rest.shift();
  return rest.length > 0 ? { words: rest } : undefined;
}

function containerCommand(args: readonly string[]): Inner | undefined {
  const verb = args.findIndex(word => word === 'exec' || word === 'run');
  if (verb < 0) return undefined;
  const rest = afterOptions(args.slice(verb + 1), CONTAINER_VALUES).slice(1);
  return rest.length > 0 ? { words: rest } : undefined;
}

/** `knife ssh [options] QUERY [options] [--] COMMAND` */
function knifeCommand(args: readonly string[]): Inner | undefined {
  const values = new Set([
    '-a',
    '-C',
    '-x',
    '-P',
    '-G',
    '-i',
    '-A',
    '-m',
    '-p',
    '--concurrency',
    '--attribute',
    '--ssh-user',
  ]);
  const afterQuery = afterOptions(args, values).slice(1);
  const rest = afterQuery[0]?.startsWith('-') ? afterOptions(afterQuery, values) : afterQuery;
  return rest.length > 0 ? { text: rest.join(' ') } : undefined;
}

function optionText(args: readonly string[], options: readonly string[]): Inner | undefined {
  for (const [i, word] of args.entries()) {
    const option = options.find(name => word === name || word.startsWith(`${name}=`));
    if (option === undefined) continue;
    const text = word.length > option.length ? word.slice(option.length + 1) : args[i + 1];
    if (text !== undefined) return { text };
  }
  return undefined;
}
