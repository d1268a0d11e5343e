import { type Command, forEachChild, type Script, type SyntaxNode } from 'unbash';

/** Variables every shell has; a runbook need not set them. */
const ENVIRONMENT = new Set(
  'HOME PATH USER LOGNAME PWD OLDPWD SHELL TERM LANG LC_ALL EDITOR VISUAL PAGER TMPDIR TMP HOSTNAME HOST UID EUID GID PPID RANDOM SECONDS LINENO IFS OPTARG OPTIND REPLY COLUMNS LINES DISPLAY SSH_AUTH_SOCK SSH_CONNECTION SUDO_USER BASH BASH_SOURCE BASH_VERSION FUNCNAME PIPESTATUS XDG_CONFIG_HOME XDG_RUNTIME_DIR PS1 PS2 GPG_TTY'.split(
    ' ',
  ),
);
const SETTERS = new Set([
  'export',
  'declare',
  'local',
  'readonly',
  'typeset',
  'read',
  'mapfile',
  'readarray',
  'let',
  'getopts',
]);

export interface VariableUse {
  /** Read before the script itself sets them, in order of appearance. */
  readonly reads: readonly string[];
  readonly sets: readonly string[];
}

/** Which variables a script reads and sets. Single-quoted text is another program's business. */
export function variablesOf(script: Script): VariableUse {
  const reads = new Set<string>();
  const sets = new Set<string>();
  const read = (name: string) => {
    if (/^[A-Za-z_]\w*$/.test(name) && !ENVIRONMENT.has(name) && !sets.has(name)) reads.add(name);
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'SimpleExpansion') read(node.text.slice(1));
    if (node.type === 'ParameterExpansion' && !hasDefault(node.operation?.type)) read(node.parameter);
    if (node.type === 'For' || node.type === 'Select') sets.add(node.name.value);
    // The value is read before the name is set: `PATH=$PATH:x`.
    forEachChild(node, visit);
    if (node.type === 'Command') for (const name of setBy(node)) sets.add(name);
  };
  visit(script);
  return { reads: [...reads], sets: [...sets] };
}

function hasDefault(operation: string | undefined): boolean {
  return operation === 'Default';
}

function setBy(command: Command): readonly string[] {
  const own = command.prefix.flatMap(part => (part.type === 'Assignment' ? [part.name] : []));
  if (command.name === undefined) return own;
  if (!SETTERS.has(command.name.value)) return [];
  return command.args.flatMap(arg => {
    if (arg.type === 'Assignment') return [arg.name];
    return /^[A-Za-z_]\w*(?:=.*)?$/s.test(arg.value) ? [arg.value.replace(/=.*$/s, '')] : [];
  });
}

const ENVIRONMENT_COMMANDS = new Set([
  'export',
  'cd',
  'pushd',
  'popd',
  'unset',
  'source',
  '.',
  'alias',
  'set',
  'shopt',
  'ulimit',
  'umask',
]);

/** The statement changes the shell that runs it, so the next step must run in the same one. */
export function mutatesEnvironment(script: Script): boolean {
  return script.commands.some(({ command }) => {
    const parts = command.type === 'AndOr' ? command.commands : [command];
    return parts.some(part => part.type === 'Command' && isMutating(part));
  });
}

function isMutating(command: Command): boolean {
  if (command.name === undefined) return command.prefix.some(part => part.type === 'Assignment');
  return ENVIRONMENT_COMMANDS.has(command.name.value);
}
