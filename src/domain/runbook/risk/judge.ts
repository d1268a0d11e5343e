import { parse, type Script } from 'unbash';
import type { Risk, StepMode } from '../model.ts';
import { isRedisClient, isRepl, isSqlClient, judgeRedis, judgeRepl, judgeSql } from './clients.ts';
import { lookUp } from './ruleBook.ts';
import { isSocketClient, riskOfSent, waitsForTyping } from './sockets.ts';
import type { Verdict } from './verdict.ts';
import { walkScript } from './walk.ts';
import { findCommands, type Inner, innerCommand, isKube, isShell, kubeVerbAt } from './wrappers.ts';

/** What stands around a simple command. */
interface Surroundings {
  /** Text that is piped or here-documented into it. */
  readonly input: string | undefined;
  readonly depth: number;
}

const MAX_DEPTH = 8;
/** Risk and mode of one simple command and of everything it runs inside. */
function judgeWords(words: readonly string[], around: Surroundings): readonly Verdict[] {
  const [first = '', ...args] = words;
  const program = first.replace(/^\\/, '').replace(/^.*\//, '');
  if (around.depth > MAX_DEPTH) return [verdict('unknown', 'once', 'nested too deep')];
  if (/^\$\{?(?:EDITOR|VISUAL)\b/.test(program)) return [verdict('change', 'tty', 'editor')];
  if (isHarmlessCall(program, args)) return [verdict('read', 'once', `${program} (only asks)`)];
  if (isSqlClient(program, args)) return [judgeSql(program, args, around.input)];
  if (isRedisClient(program)) return [judgeRedis(program, args, around.input)];
  if (isRepl(program)) return [judgeRepl(program, args, around.input)];
  if (isShell(program)) return judgeShell(program, args, around);
  if (program === 'find') return judgeFind(args, around);
  const inner = innerCommand(program, args);
  if (inner !== undefined) return judgeWrapped(program, args, { inner, around });
  const { risk, mode, reason } = lookUp(program, args);
  if (opensSessionElsewhere(program, args)) return judgeSession(program, around);
  if (around.input !== undefined && isSocketClient(program))
    return [verdict(riskOfSent(around.input), 'once', `${program} ${around.input.slice(0, 20)}`)];
  const waits = around.input === undefined && waitsForTyping(program, args);
  return [verdict(risk ?? 'unknown', waits ? 'tty' : mode, reason)];
}

function verdict(risk: Risk, mode: StepMode, reason: string): Verdict {
  return { risk, mode, reason };
}

const DRY_RUNNERS =
  /^(?:kubectl|oc|k|helm|git|rsync|apt|apt-get|argocd|velero|oc-mirror|docker-compose|skopeo|certbot|logrotate)$/;

/** `--help` and dry runs only look, whatever the verb. */
function isHarmlessCall(program: string, args: readonly string[]): boolean {
  if (args.length === 1 && /^(?:--help|--version|-V)$/.test(args[0] ?? '')) return true;
  if (!DRY_RUNNERS.test(program)) return false;
  // What follows belongs to the program inside.
  if (isKube(program) && /^(?:exec|rsh|debug|run)$/.test(args[kubeVerbAt(args)] ?? '')) return false;
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  if (program === 'rsync' && own.some(word => /^-[a-zA-Z]*n[a-zA-Z]*$/.test(word))) return true;
  return own.some(word => /^--dry-run(?:=(?:client|server|true|all|enable))?$/.test(word));
}

function judgeWrapped(
  program: string,
  args: readonly string[],
  { inner, around }: { readonly inner: Inner; readonly around: Surroundings },
): readonly Verdict[] {
  const outer = lookUp(program, args);
  const deeper = { input: around.input, depth: around.depth + 1 };
  const opensShell = around.input === undefined && innerOpensShell(inner);
  const inside = opensShell
    ? [verdict('read', 'tty', program)]
    : inner.text !== undefined
      ? judgeText(inner.text, deeper)
      : judgeWords(inner.words ?? [], deeper);
  const held = outer.mode === 'once' ? [] : [verdict('read', outer.mode, program)];
  return [
    ...inside,
    ...held,
    ...(inner.starts === undefined ? [] : [verdict('change', 'once', inner.starts)]),
  ];
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

/** Text that the grammar does not accept may hide anything. */
function judgeText(text: string, around: Surroundings): readonly Verdict[] {
  const script = parse(text);
  const found = judgeScript(script, around);
  if ((script.errors ?? []).length === 0) return found;
  return [...found, verdict('unknown', 'once', 'text that is no shell')];
}

/** A session elsewhere that is fed from here runs what it is fed. */
function judgeSession(program: string, around: Surroundings): readonly Verdict[] {
  if (around.input === undefined) return [verdict('read', 'tty', program)];
  return [
    verdict('unknown', 'once', `${program} reads its commands from elsewhere`),
    ...judgeText(around.input, { input: undefined, depth: around.depth + 1 }),
  ];
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
  return judgeSession(program, around);
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
  if (isKube(program)) return /^(?:rsh|debug)$/.test(args[kubeVerbAt(args)] ?? '');
  return program === 'sudo' && args.some(word => /^(?:-i|-s|-su|-is)$/.test(word));
}
