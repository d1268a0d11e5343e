import type { LogLevel } from './model.ts';

/** Names of levels, lower case, as loggers write them. */
const names: Readonly<Record<Exclude<LogLevel, 'unknown'>, string>> = {
  trace: 'trace trc verbose vrb finest finer silly',
  debug: 'debug dbg fine debug1 debug2 debug3 debug4 debug5',
  info: 'info inf information notice log',
  warn: 'warn warning wrn',
  error: 'error err eror severe',
  fatal: 'fatal ftl critical crit panic emerg emergency alert',
};

const byWord = new Map<string, LogLevel>(
  (Object.keys(names) as (keyof typeof names)[]).flatMap(level =>
    names[level].split(' ').map(word => [word, level] as const),
  ),
);

const byLetter: Readonly<Record<string, LogLevel>> = {
  T: 'trace',
  V: 'trace',
  D: 'debug',
  I: 'info',
  N: 'info',
  W: 'warn',
  E: 'error',
  F: 'fatal',
  C: 'fatal',
};

/** All names, longest first, for use inside a regular expression. */
export const levelNames: string = [...byWord.keys()].sort((a, b) => b.length - a.length).join('|');

export function levelOfWord(word: string): LogLevel {
  return byWord.get(word.toLowerCase()) ?? 'unknown';
}

export function levelOfLetter(letter: string): LogLevel {
  return byLetter[letter] ?? 'unknown';
}

/** pino and bunyan: 10 trace … 60 fatal. Numbers below 8 are syslog severities. */
export function levelOfNumber(value: number): LogLevel {
  if (value >= 0 && value < 8) return levelOfSeverity(value);
  if (value < 10) return 'unknown';
  const steps: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  return value < 70 ? (steps[Math.floor(value / 10) - 1] ?? 'unknown') : 'unknown';
}

/** syslog: 0 emergency … 7 debug. */
export function levelOfSeverity(severity: number): LogLevel {
  if (severity <= 2) return 'fatal';
  return (['error', 'warn', 'info', 'info', 'debug'] as const)[severity - 3] ?? 'unknown';
}
