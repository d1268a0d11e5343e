import { type Command, parse } from 'unbash';
import { isCredentialName } from '../config/credentials.ts';
import type { RunbookCheck } from '../config/discoverRunbook.ts';
import type { CommandStep, Runbook } from './model.ts';
import { wordsOf } from './risk/walk.ts';
import { maskHoles } from './shell/holes.ts';
import { visitNodes } from './shell/syntax.ts';

const CREDENTIAL_OPTION =
  /^(?:-u|--user|-H|--header|-a|--pass|-b|--cookie|--oauth2-bearer|--netrc|-E|--cert|--key)$/;
const SECRET_TEXT = /\$|authorization|bearer|api[-_]?key|token=|password|secret/i;
const CURL_VALUES =
  /^(?:-[a-zA-Z]*[omwAexK]|--output|--max-time|--connect-timeout|--write-out|--user-agent|--retry|--resolve)$/;

/**
 * Checks that a runbook makes itself (`curl -f http://…/health`, `redis-cli ping`, `pg_isready`, `docker ps | grep x`,
 * `ping x`), as plain data with their line. Only read-only steps without gaps; nothing that carries a credential.
 */
export function probesFromRunbook(runbook: Runbook): readonly RunbookCheck[] {
  const seen = new Set<string>();
  return runbook.steps.flatMap(step => {
    if (step.kind !== 'command' || step.risk !== 'read' || step.holes.length > 0 || step.broken) return [];
    return checksOf(step, runbook.file).filter(check => {
      const { line: _line, ...what } = check;
      const key = JSON.stringify(what);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  });
}

function checksOf(step: CommandStep, file: string): readonly RunbookCheck[] {
  if (SECRET_TEXT.test(step.command)) return [];
  const calls: (readonly string[])[] = [];
  visitNodes(parse(maskHoles(step.command)), node => {
    if (node.type === 'Command') calls.push(withoutPrefix(node));
  });
  const at = { file, line: step.range.startLine };
  return calls.flatMap((words, i) => toCheck(words, calls[i + 1], at) ?? []);
}

/** `time curl …`, `sudo docker …`: the program that looks. */
function withoutPrefix(command: Command): readonly string[] {
  const words = [...wordsOf(command)];
  while (/^(?:time|sudo|timeout|nohup)$/.test(words[0] ?? '')) {
    words.shift();
    while (/^(?:-|\d)/.test(words[0] ?? '')) words.shift();
  }
  return words;
}

function toCheck(
  [program = '', ...args]: readonly string[],
  next: readonly string[] | undefined,
  at: { readonly file: string; readonly line: number },
): RunbookCheck | undefined {
  if (program === 'curl' || program === 'wget') return httpCheck(args, at);
  if (program === 'redis-cli') return redisCheck(args, at);
  if (program === 'pg_isready') return postgresCheck(args, at);
  if (program === 'docker' || program === 'podman') return containerCheck(args, next, at);
  if (program === 'nc' || program === 'ncat') return portCheck(args, at);
  return undefined;
}

/** Only an address that answers about health is worth asking for ever; metrics and APIs are not checks. */
function httpCheck(args: readonly string[], at: { file: string; line: number }): RunbookCheck | undefined {
  if (args.some(word => CREDENTIAL_OPTION.test(word))) return undefined;
  const plain = args.filter((word, i) => !word.startsWith('-') && !CURL_VALUES.test(args[i - 1] ?? ''));
  const url = plain.find(word => /^(?:https?:\/\/|[\w.-]+:\d+\/)/.test(word));
  if (url === undefined) return undefined;
  const full = url.includes('://') ? url : `http://${url}`;
  if (!URL.canParse(full)) return undefined;
  const parsed = new URL(full);
  if (parsed.username !== '' || [...parsed.searchParams.keys()].some(isCredentialName)) return undefined;
  if (parsed.port === '6379') return { kind: 'redis', host: parsed.hostname, port: 6379, ...at };
  const isHealth = /\/(?:-\/)?(?:health\w*|ready\w*|live\w*|status|ping|up|alive)\/?$/i.test(parsed.pathname);
  const isReachability = args.some(word => /^(?:-[a-zA-Z]*I[a-zA-Z]*|--head|--spider)$/.test(word));
  return isHealth || isReachability ? { kind: 'http', url: full, ...at } : undefined;
}

function redisCheck(args: readonly string[], at: { file: string; line: number }): RunbookCheck | undefined {
  const verb = args.at(-1)?.toLowerCase();
  const isLooking = verb === 'ping' || args.some(word => word.toLowerCase() === 'info');
  if (!isLooking || args.some(word => CREDENTIAL_OPTION.test(word))) return undefined;
  return { kind: 'redis', host: optionOf(args, '-h') ?? 'localhost', port: portOf(args) ?? 6379, ...at };
}

function postgresCheck(args: readonly string[], at: { file: string; line: number }): RunbookCheck {
  const host = optionOf(args, '-h', '--host') ?? 'localhost';
  return { kind: 'postgres', host, port: portOf(args) ?? 5432, ...at };
}

function containerCheck(
  args: readonly string[],
  next: readonly string[] | undefined,
  at: { readonly file: string; readonly line: number },
): RunbookCheck | undefined {
  const verb = args[0] === 'container' ? args[1] : args[0];
  if (verb === 'exec') {
    const container = args.slice(1).find(word => !word.startsWith('-'));
    return container === undefined ? undefined : { kind: 'container', container, ...at };
  }
  if (verb === 'ps' && next?.[0] === 'grep') {
    const name = next.slice(1).find(word => !word.startsWith('-'));
    return name !== undefined && /^[\w][\w.-]*$/.test(name)
      ? { kind: 'container', container: name, ...at }
      : undefined;
  }
  if (verb !== 'logs' && verb !== 'inspect' && verb !== 'stats') return undefined;
  const values = /^(?:--tail|-n|--since|--until|-f|--format)$/;
  const names = args
    .slice(1)
    .filter((word, i) => !word.startsWith('-') && !(values.test(args[i] ?? '') && args[i] !== '-f'));
  return names[0] !== undefined && /^[\w][\w.-]*$/.test(names[0])
    ? { kind: 'container', container: names[0], ...at }
    : undefined;
}

function portCheck(args: readonly string[], at: { file: string; line: number }): RunbookCheck | undefined {
  const [host, port] = args.filter(word => !word.startsWith('-'));
  const number = Number(port);
  return args.some(word => /^-\w*z/.test(word)) && host && Number.isInteger(number) && number > 0
    ? { kind: 'tcp', host, port: number, ...at }
    : undefined;
}

function optionOf(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [i, word] of args.entries()) {
    if (names.includes(word)) return args[i + 1];
    const name = names.find(option => option.startsWith('--') && word.startsWith(`${option}=`));
    if (name) return word.slice(name.length + 1);
  }
  return undefined;
}

function portOf(args: readonly string[]): number | undefined {
  const port = Number(optionOf(args, '-p', '--port'));
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined;
}
