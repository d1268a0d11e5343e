import { plainText } from './ansi.ts';
import { levelNames, levelOfLetter, levelOfNumber, levelOfSeverity, levelOfWord } from './levelWords.ts';
import type { LogLevel } from './model.ts';

/** Only the head of a line names its level. */
const headChars = 512;

const jsonKey =
  /"(?:level|lvl|severity|loglevel|log_level|levelname|log\.level|@l|SeverityText|severityText)"\s*:\s*(?:"([^"\\]{1,16})"|(\d{1,3})\b)/g;
const logfmtKey = /(?:^|\s)(?:level|lvl|severity|loglevel)=(?:"([A-Za-z]+)"|([A-Za-z]+)\b|(\d{1,2})\b)/g;
const accessLine = /"(?:[A-Z]{3,10} [^"]*|-)" ([1-5]\d\d) (?:\d+|-)(?:\s|$)/;
const klogHead = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s/;
const syslogHead = /^<(\d{1,3})>/;
const redisHead = /^\d+:[XCSM] .{10,40} ([.\-*#]) /;
const crashHead = /^(?:Traceback \(most recent call last\):|Exception in thread |Uncaught |Unhandled)/;

/** Dates, times and zones that stand before the level. */
const leadingTime =
  /^\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d[-/](?:\w{3}|\d\d)[-/]\d{2,4}|\w{3} [ \d]\d)?[T ,:]?\s?(?:\d\d:\d\d:\d\d(?:[.,]\d+)?)?(?:Z|\s?[+-]\d\d:?\d\d|\s(?:UTC|GMT|[A-Z]{3,4}T)\b)?\]?\s*/;

/** In the order of their credibility; the first one that names a level decides. */
const tiers: readonly RegExp[] = [
  new RegExp(`^(?:\\[(${levelNames})\\]|(${levelNames})(?=[:\\]|=]|\\s-|$))`, 'gi'),
  new RegExp(`^(${levelNames.toUpperCase()}|(?:Error|Fatal|Warning|Critical|Panic))\\b`, 'g'),
  new RegExp(`[[(<](${levelNames})\\s*[\\])>]`, 'gi'),
  new RegExp(`(?:^|[\\s|\\]])(${levelNames.toUpperCase()})\\s*[:|/]`, 'g'),
  new RegExp(`"(${levelNames})"`, 'gi'),
  new RegExp(`(?:^|\\s)(${levelNames.toUpperCase()})(?=\\s|$)`, 'g'),
  /(?:^|\s)(?:\w+\.)*(?:\w*)(Error|Exception|panic|fatal error)(?=:\s)/g,
];

/** The level that the line itself names; `unknown` where it names none, or two of the same credibility. */
export function levelOf(line: string): LogLevel {
  const text = plainText(line.length > headChars ? line.slice(0, headChars) : line);
  return structured(text) ?? guessed(text);
}

function structured(text: string): LogLevel | undefined {
  const first = text.charCodeAt(0);
  if (first === 123) return only(text, jsonKey);
  if (first === 60) {
    const priority = Number(syslogHead.exec(text)?.[1] ?? Number.NaN);
    if (priority <= 191) return levelOfSeverity(priority & 7);
  }
  const klog = klogHead.exec(text);
  if (klog !== null) return levelOfLetter(klog[1] ?? '');
  if (text.includes('="') || text.includes('=')) {
    const logfmt = only(text, logfmtKey);
    if (logfmt !== undefined) return logfmt;
  }
  if (first >= 48 && first <= 57) {
    const redis = redisHead.exec(text);
    if (redis !== null)
      return ({ '.': 'debug', '-': 'debug', '*': 'info', '#': 'warn' } as const)[redis[1] as '#'];
  }
  const access = text.includes('" ') ? accessLine.exec(text) : null;
  if (access !== null) return levelOfStatus(Number(access[1]));
  return crashHead.test(text) ? 'error' : undefined;
}

function levelOfStatus(status: number): LogLevel {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}

/** Level under one of the keys; undefined where there is none; `unknown` where they differ. */
function only(text: string, keys: RegExp): LogLevel | undefined {
  let found: LogLevel | undefined;
  for (const match of text.matchAll(keys)) {
    const digits = match[3] ?? (keys === jsonKey ? match[2] : undefined);
    const level =
      digits !== undefined ? levelOfNumber(Number(digits)) : levelOfWord(match[1] ?? match[2] ?? '');
    if (level === 'unknown') continue;
    if (found !== undefined && found !== level) return 'unknown';
    found = level;
  }
  return found;
}

const mayName = new RegExp(levelNames.replaceAll(/\bdebug\d\||\bemergency\||\binformation\|/g, ''), 'i');

function guessed(text: string): LogLevel {
  if (!mayName.test(text) && !text.includes('xception')) return single(text);
  const body = text.replace(leadingTime, '');
  for (const tier of tiers) {
    const level = inTier(body, tier);
    if (level !== undefined) return level;
  }
  return single(text);
}

function inTier(body: string, tier: RegExp): LogLevel | undefined {
  let found: LogLevel | undefined;
  tier.lastIndex = 0;
  for (let match = tier.exec(body); match !== null; match = tier.exec(body)) {
    const word = match[1] ?? match[2] ?? '';
    const level = word === 'Exception' || word === 'fatal error' ? 'error' : levelOfWord(word);
    if (found !== undefined && found !== level) return 'unknown';
    found = level;
    if (match[0] === '') tier.lastIndex++;
  }
  return found;
}

/** Android, .NET and Rust habits: `[E]`, `E/tag`, ` W `. */
const bracketLetter = /(?:^|\s)\[([TVDIWEF])\](?=\s|$)/;

function single(text: string): LogLevel {
  return levelOfLetter(bracketLetter.exec(text)?.[1] ?? '');
}
