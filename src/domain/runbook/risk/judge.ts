import { parse, type Script } from 'unbash';
import type { Risk, StepMode } from '../model.ts';
import { redisVerb, riskOfPython, riskOfRedis, riskOfSql } from './queryLanguages.ts';
import { lookUp } from './ruleBook.ts';
import type { Verdict } from './verdict.ts';
import { walkScript } from './walk.ts';
import { findCommands, type Inner, innerCommand, isShell } from './wrappers.ts';

/** What stands around a simple command. */
interface Surroundings {
  /** Text that is piped or here-documented into it. */
  readonly input: string | undefined;
  readonly depth: number;
}

const MAX_DEPTH = 8;
const SQL_CLIENTS =
  /^(?:gitlab-)?(?:psql|mysql|mariadb|sqlite3|cockroach|clickhouse-client|pgb-console[\w-]*|sqlcmd|usql)$/;
const REDIS_CLIENTS = /^(?:gitlab-)?(?:redis-cli|valkey-cli)$/;
const REPLS =
  /^(?:python[\d.]*|ruby|irb|node|mongo|mongosh|rails|gitlab-rails|pry|ipython3?|cqlsh|influx|php|lua|erl|iex|ghci|R)$/;

/** Risk and mode of one simple command and of everything it runs inside. */
function judgeWords(words: readonly string[], around: Surroundings): readonly Verdict[] {
  const [first = '', ...args] = words;
  const program = first.replace(/^.*\//, '');
  if (around.depth > MAX_DEPTH) return [verdict('unknown', 'once', 'nested too deep')];
  if (/^\$\{?(?:EDITOR|VISUAL)\b/.test(program)) return [verdict('change', 'tty', 'editor')];
  if (isHarmlessCall(program, args)) return [verdict('read', 'once', `${program} (only asks)`)];
  if (SQL_CLIENTS.test(program)) return [judgeSql(program, args, around)];
  if (REDIS_CLIENTS.test(program)) return [judgeRedis(program, args, around)];
  if (REPLS.test(program)) return [judgeRepl(program, args, around)];
  if (isShell(program)) return judgeShell(program, args, around);
  if (program === 'find') return judgeFind(args, around);
  const inner = innerCommand(program, args);
  if (inner !== undefined) return judgeWrapped(program, args, { inner, around });
  const { risk, mode, reason } = lookUp(program, args);
  if (opensSessionElsewhere(program, args)) return [verdict('read', 'tty', program)];
  return [verdict(risk ?? 'unknown', mode, reason)];
}

function verdict(risk: Risk, mode: StepMode, reason: string): Verdict {
  return { risk, mode, reason };
}

/** `--help` and dry runs only look, whatever the verb. */
function isHarmlessCall(program: string, args: readonly string[]): boolean {
  if (args.length === 1 && /^(?:--help|--version|-V)$/.test(args[0] ?? '')) return true;
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  if (
    /^(?:kubectl|oc|helm|git|rsync|apt|apt-get|argocd|velero|oc-mirror|docker-compose|skopeo)$/.test(program)
  )
    return (
      own.some(word => /^--dry-run(?:=(?!none|false)\w+)?$/.test(word)) && !own.includes('--dry-run=none')
    );
  return false;
}

function judgeWrapped(
  program: string,
  args: readonly string[],
  { inner, around }: { readonly inner: Inner; readonly around: Surroundings },
): readonly Verdict[] {
  const outer = lookUp(program, args);
  const isInteractive = outer.mode !== 'once';
  const deeper = { input: around.input, depth: around.depth + 1 };
  const inside =
    inner.text !== undefined ? judgeText(inner.text, deeper) : judgeWords(inner.words ?? [], deeper);
  const rest = innerOpensShell(inner) ? [verdict('read', 'tty', program)] : inside;
  return isInteractive ? [...rest, verdict('read', outer.mode, program)] : rest;
}

function innerOpensShell(inner: Inner): boolean {
  const words = inner.words ?? [];
  return (
    words.length > 0 &&
    words.length <= 2 &&
    isShell((words[0] ?? '').replace(/^.*\//, '')) &&
    /^(?:-l|-i|--login)?$/.test(words[1] ?? '')
  );
}

function judgeText(text: string, around: Surroundings): readonly Verdict[] {
  return judgeScript(parse(text), around);
}

/** Verdicts on every simple command that a script would run. */
export function judgeScript(
  script: Script,
  around: Surroundings = { input: undefined, depth: 0 },
): readonly Verdict[] {
  return walkScript(script, {
    input: around.input,
    judge: (words, input) => judgeWords(words, { input, depth: around.depth }),
  });
}

function judgeShell(program: string, args: readonly string[], around: Surroundings): readonly Verdict[] {
  const inner = innerCommand(program, args);
  const deeper = { input: undefined, depth: around.depth + 1 };
  if (inner?.text !== undefined) return judgeText(inner.text, deeper);
  const file = args.find(word => !word.startsWith('-'));
  if (file !== undefined) return [verdict('unknown', 'once', `${program} ${file}`)];
  if (around.input === undefined) return [verdict('read', 'tty', program)];
  return [
    verdict('unknown', 'once', `${program} reads its commands from elsewhere`),
    ...judgeText(around.input, deeper),
  ];
}

function judgeSql(program: string, args: readonly string[], around: Surroundings): Verdict {
  const at = args.findIndex(
    word =>
      /^(?:-[a-zA-Z]*[ceq]|--command|--execute|--query|-[a-zA-Z]*c)$/.test(word) && !/^-[qAtX]+$/.test(word),
  );
  const joined = args.find(word => /^--(?:command|execute|query)=/.test(word))?.replace(/^[^=]*=/, '');
  const sql = joined ?? (at >= 0 ? args[at + 1] : undefined) ?? around.input;
  if (sql !== undefined) return verdict(riskOfSql(sql), 'once', `${program}: ${firstWords(sql)}`);
  if (args.some(word => /^(?:-f|--file|-l|--list)/.test(word)))
    return verdict(
      args.some(word => /^(?:-l|--list)$/.test(word)) ? 'read' : 'unknown',
      'once',
      `${program} file`,
    );
  return verdict('read', 'tty', program);
}

function judgeRedis(program: string, args: readonly string[], around: Surroundings): Verdict {
  if (args.some(word => /^--(?:stat|latency\S*|bigkeys|memkeys|hotkeys|scan)$/.test(word)))
    return verdict('read', args.some(word => /^--(?:stat|latency)/.test(word)) ? 'stream' : 'once', program);
  const verb = redisVerb(args) || (around.input ?? '').trim();
  if (verb === '') return verdict('read', 'tty', program);
  const mode = /^(?:monitor|p?subscribe)\b/i.test(verb) ? 'stream' : 'once';
  return verdict(riskOfRedis(verb), mode, `${program} ${firstWords(verb)}`);
}

function judgeRepl(program: string, args: readonly string[], around: Surroundings): Verdict {
  const at = args.findIndex(word => /^-[a-z]*[ce]$|^--eval$/.test(word));
  const code = args[at + 1];
  if (at >= 0 && code !== undefined)
    return verdict(
      /^i?python/.test(program) ? riskOfPython(code) : 'unknown',
      'once',
      `${program} ${args[at]}`,
    );
  if (program.includes('rails') && /^(?:console|c|dbconsole)$/.test(args[0] ?? ''))
    return verdict('read', 'tty', `${program} console`);
  const hasFile = args.some(word => !word.startsWith('-')) || args.some(word => word.startsWith('-m'));
  if (hasFile || around.input !== undefined) return verdict('unknown', 'once', program);
  return verdict('read', 'tty', program);
}

function judgeFind(args: readonly string[], around: Surroundings): readonly Verdict[] {
  const inner = findCommands(args).flatMap(words =>
    judgeWords(words, { input: undefined, depth: around.depth + 1 }),
  );
  const { risk, reason } = lookUp('find', args);
  return [verdict(risk ?? 'read', 'once', reason), ...inner];
}

function opensSessionElsewhere(program: string, args: readonly string[]): boolean {
  if (program === 'ssh' || program === 'mosh')
    return !args.includes('-N') && !args.some(word => /^-[a-zA-Z]*N/.test(word));
  if (program === 'su' || program === 'chroot' || program === 'nsenter' || program === 'toolbox') return true;
  if (/^(?:kubectl|oc|k)$/.test(program)) return args.some(word => /^(?:rsh|debug)$/.test(word));
  return program === 'sudo' && args.some(word => /^(?:-i|-s|-su|-is)$/.test(word));
}

function firstWords(text: string): string {
  return text.trim().split(/\s+/).slice(0, 2).join(' ');
}
