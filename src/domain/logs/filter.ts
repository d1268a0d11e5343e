import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import { plainText } from './ansi.ts';
import type { TextMatcher } from './matcher.ts';
import { compileMatcher } from './matcher.ts';
import type { LogLevel, LogStreamName } from './model.ts';

/** What a person wants to see. Empty lists and texts do not restrict. */
export interface LogFilterSpec {
  readonly levels: readonly LogLevel[];
  readonly streams: readonly LogStreamName[];
  readonly sources: readonly string[];
  readonly include: string;
  readonly exclude: string;
}

export const noFilter: LogFilterSpec = { levels: [], streams: [], sources: [], include: '', exclude: '' };

export interface LogFilter {
  readonly spec: LogFilterSpec;
  readonly needsLevel: boolean;
  readonly include: TextMatcher | undefined;
  readonly exclude: TextMatcher | undefined;
  hasSource(sourceId: string): boolean;
  hasStream(stream: LogStreamName): boolean;
  hasLevel(level: LogLevel): boolean;
  /** Include and exclude, on the text as it is shown. */
  hasText(text: string): boolean;
}

/** Fails with the regex engine's words, prefixed by the box that holds the mistake. */
export function compileFilter(spec: LogFilterSpec): Result<LogFilter> {
  const include = spec.include === '' ? undefined : compileMatcher(spec.include);
  const exclude = spec.exclude === '' ? undefined : compileMatcher(spec.exclude);
  if (include?.ok === false) return fail(`include: ${include.error}`);
  if (exclude?.ok === false) return fail(`exclude: ${exclude.error}`);
  const includes = include?.value;
  const excludes = exclude?.value;
  return ok({
    spec,
    needsLevel: spec.levels.length > 0,
    include: includes,
    exclude: excludes,
    hasSource: sourceId => spec.sources.length === 0 || spec.sources.includes(sourceId),
    hasStream: stream => spec.streams.length === 0 || spec.streams.includes(stream),
    hasLevel: level => spec.levels.length === 0 || spec.levels.includes(level),
    hasText(text) {
      if (includes === undefined && excludes === undefined) return true;
      const plain = plainText(text);
      return (includes === undefined || includes.test(plain)) && !excludes?.test(plain);
    },
  });
}
