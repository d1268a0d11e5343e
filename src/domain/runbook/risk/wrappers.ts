/** How to find the command that another program runs. */
export interface Inner {
  /** The inner command as words, or as shell text. */
  readonly words?: readonly string[];
  readonly text?: string;
  /** Set when the wrapper itself makes something: `docker run` starts a container whatever runs in it. */
  readonly starts?: string;
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
  if (isKube(program)) return kubeCommand(args);
  if (CONTAINER.has(program)) return containerCommand(args);
  if (program === 'knife' && args[0] === 'ssh') return knifeCommand(args.slice(1));
  if (program === 'eval') return { text: args.join(' ') };
  if (program === 'watch')
    return { text: afterOptions(args, new Set(['-n', '--interval', '-d='])).join(' ') };
  if (program === 'ansible') return ansibleCommand(args);
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

const KUBE_VALUES = new Set(
  '-n --namespace --context --kubeconfig --cluster --user --as --as-group -s --server --token --request-timeout --certificate-authority --config -v --loglevel -c --container --shell --timeout -f -l --selector -o --output'.split(
    ' ',
  ),
);

export function isKube(program: string): boolean {
  return /^(?:kubectl|oc|k|kubecolor|microk8s\.kubectl)$/.test(program);
}

/** Place of the first word that is neither an option nor an option's value: the verb, or a plug-in's name. */
export function kubeVerbAt(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (!word.startsWith('-')) return i;
    if (word === '--') return -1;
    if (KUBE_VALUES.has(word)) i++;
  }
  return -1;
}

function kubeCommand(args: readonly string[]): Inner | undefined {
  const verb = kubeVerbAt(args);
  if (verb < 0 || !/^(?:exec|debug|rsh|run)$/.test(args[verb] ?? '')) return undefined;
  const dashes = args.indexOf('--', verb);
  const starts = args[verb] === 'run' ? { starts: 'kubectl run' } : {};
  if (dashes >= 0) return { words: args.slice(dashes + 1), ...starts };
  if (args[verb] === 'debug' || args[verb] === 'run') return undefined;
  const rest = afterOptions(args.slice(verb + 1), KUBE_VALUES).slice(1);
  while (/^-/.test(rest[0] ?? '')) if (KUBE_VALUES.has(rest.shift() ?? '')) rest.shift();
  return rest.length > 0 ? { words: rest } : undefined;
}

function containerCommand(args: readonly string[]): Inner | undefined {
  const verb = args.findIndex(word => word === 'exec' || word === 'run');
  if (verb < 0) return undefined;
  const rest = afterOptions(args.slice(verb + 1), CONTAINER_VALUES).slice(1);
  if (rest.length === 0) return undefined;
  const isKept = args[verb] === 'run' && !isThrowaway(args.slice(verb));
  return { words: rest, ...(isKept ? { starts: 'run' } : {}) };
}

/** `docker run --rm image cmd` leaves nothing behind: it does what the command inside does. */
function isThrowaway(args: readonly string[]): boolean {
  return args.includes('--rm') && !args.some(word => /^(?:-[a-z]*d[a-z]*|--detach|--privileged)$/.test(word));
}

const RUNNING_MODULES = /^(?:ansible\.builtin\.)?(?:shell|command|raw)$/;

/** `ansible hosts -m shell -a 'cmd'`; other modules do what their name says. */
function ansibleCommand(args: readonly string[]): Inner | undefined {
  const module = optionText(args, ['-m', '--module-name'])?.text;
  return module === undefined || RUNNING_MODULES.test(module)
    ? optionText(args, ['-a', '--args'])
    : undefined;
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
