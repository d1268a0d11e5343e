import { parse } from 'unbash';
import type { PodTarget } from '../logs/model.ts';
import { wordsOf } from './risk/walk.ts';
import { maskHoles } from './shell/holes.ts';
import { visitNodes } from './shell/syntax.ts';

/** What a `docker logs …` or `kubectl logs …` step asks for, in terms of the log view. */
export interface LogsRequest {
  /** Containers, or services of compose; empty for all services. */
  readonly names: readonly string[];
  readonly isCompose: boolean;
  /** Of `kubectl logs`: instead of names. */
  readonly pod?: PodTarget;
  readonly tail: number | undefined;
  readonly since: { readonly agoMs: number } | { readonly atMs: number } | undefined;
  /** From `| grep …`, as a regular expression of the log view. */
  readonly include: string | undefined;
}

const valueOptions = /^(?:-n|--tail|--since|--until|-f|--file|-p|--project-name)$/;

/** Undefined when the command reads no container's log. */
export function logsRequest(command: string): LogsRequest | undefined {
  let found: LogsRequest | undefined;
  let include: string | undefined;
  visitNodes(parse(maskHoles(command)), node => {
    if (node.type !== 'Command') return;
    const words = wordsOf(node);
    if (found === undefined) found = ofLogs(words) ?? ofKubectl(words);
    else include ??= ofGrep(words);
  });
  return found && { ...found, include };
}

function ofLogs(words: readonly string[]): LogsRequest | undefined {
  const [program = '', ...all] = words[0] === 'sudo' ? words.slice(1) : words;
  if (!/^(?:docker|podman|docker-compose|podman-compose)$/.test(program)) return undefined;
  const at = all.indexOf('logs');
  if (at < 0) return undefined;
  const isCompose = program.endsWith('-compose') || all.slice(0, at).includes('compose');
  const args = all.slice(at + 1);
  const names: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const [name = '', value] = (args[i] ?? '').split(/=(.*)/s, 2);
    if (!name.startsWith('-')) names.push(args[i] ?? '');
    else if (value !== undefined) values.set(name, value);
    // `docker logs -f web`: follow, not a file.
    else if (valueOptions.test(name) && name !== '-f' && name !== '-p') values.set(name, args[++i] ?? '');
  }
  if (names.length === 0 && !isCompose) return undefined;
  const tail = Number(values.get('--tail') ?? values.get('-n') ?? Number.NaN);
  return {
    names,
    isCompose,
    tail: Number.isInteger(tail) && tail >= 0 ? tail : undefined,
    since: toSince(values.get('--since')),
    include: undefined,
  };
}

const kubectlValues: Readonly<Record<string, keyof PodTarget | 'tail' | 'since'>> = {
  '-n': 'namespace',
  '--namespace': 'namespace',
  '--context': 'context',
  '-c': 'container',
  '--container': 'container',
  '-l': 'selector',
  '--selector': 'selector',
  '--tail': 'tail',
  '--since': 'since',
  '--since-time': 'since',
};

function ofKubectl(words: readonly string[]): LogsRequest | undefined {
  const [program = '', ...args] = words[0] === 'sudo' ? words.slice(1) : words;
  if (!/^(?:kubectl|oc)$/.test(program) || !args.includes('logs')) return undefined;
  const values = new Map<string, string>();
  const names: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [name = '', value] = (args[i] ?? '').split(/=(.*)/s, 2);
    const key = kubectlValues[name];
    if (!name.startsWith('-')) names.push(args[i] ?? '');
    else if (key !== undefined) values.set(key, value ?? args[++i] ?? '');
  }
  const [, target, container = values.get('container')] = names;
  const selector = values.get('selector');
  if (names[0] !== 'logs' || (target === undefined && selector === undefined)) return undefined;
  const tail = Number(values.get('tail') ?? Number.NaN);
  const given = {
    context: values.get('context'),
    namespace: values.get('namespace'),
    target,
    selector,
    container,
  };
  return {
    names: [],
    isCompose: false,
    pod: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    tail: Number.isInteger(tail) && tail >= 0 ? tail : undefined,
    since: toSince(values.get('since')),
    include: undefined,
  };
}

const unitsMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };

function toSince(text: string | undefined): LogsRequest['since'] {
  if (text === undefined) return undefined;
  if (/^(?:\d+[hms])+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+)([hms])/g)];
    return {
      agoMs: parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit ?? ''] ?? 0), 0),
    };
  }
  const atMs = /^\d{9,11}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(atMs) ? undefined : { atMs };
}

function ofGrep(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words;
  if (!/^(?:e|f)?grep$|^rg$/.test(program)) return undefined;
  const flags = args.filter(word => /^-[a-zA-Z]+$/.test(word)).join('');
  // What a person wants to see the log without is no filter to take over.
  if (flags.includes('v')) return undefined;
  const pattern = args.find((word, i) => !word.startsWith('-') && !/^-[ABCm]$/.test(args[i - 1] ?? ''));
  if (pattern === undefined) return undefined;
  const isFixed = program === 'fgrep' || flags.includes('F');
  const isExtended = program === 'egrep' || program === 'rg' || /[EP]/.test(flags);
  const source = isFixed ? literal(pattern) : isExtended ? pattern : fromBasic(pattern);
  return flags.includes('i') ? `(?i)${source}` : source;
}

/** In basic expressions `|`, `+`, `?`, braces and parentheses are special only behind a backslash. */
function fromBasic(pattern: string): string {
  return pattern.replace(/\\([|+?(){}])|([|+?(){}])/g, (_, special?: string, plain?: string) =>
    special === undefined ? `\\${plain ?? ''}` : special,
  );
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
