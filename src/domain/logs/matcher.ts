import { RE2JS } from 're2js';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import { requiredText } from './requiredText.ts';

export interface TextMatcher {
  readonly pattern: string;
  test(text: string): boolean;
  /** Half-open ranges of the matches that are not empty, at most `limit`. */
  ranges(text: string, limit?: number): readonly (readonly [number, number])[];
}

/** Without groups, quantifiers and backreferences nothing can be tried twice: the built-in engine is linear, too. */
const harmless = /^(?:[^\\()[\]{}*+?^$]|\\[.\\()[\]{}*+?^$|/-]|[$]$)+$/;

/**
 * Compiles what a person typed: a regular expression of the RE2 family, which takes linear time whatever the pattern
 * and text (`^(a+)+$` freezes the built-in engine for seconds). Case matters once a capital letter is typed.
 */
export function compileMatcher(pattern: string): Result<TextMatcher> {
  const ignoresCase = pattern === pattern.toLowerCase();
  if (harmless.test(pattern)) return ok(builtIn(pattern, ignoresCase));
  try {
    return ok(linear(pattern, ignoresCase, RE2JS.compile(pattern, ignoresCase ? RE2JS.CASE_INSENSITIVE : 0)));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The text itself, whatever characters it has. */
export function literalPattern(text: string): string {
  return text.replace(/[.\\()[\]{}*+?^$|]/g, '\\$&');
}

function builtIn(pattern: string, ignoresCase: boolean): TextMatcher {
  const once = new RegExp(pattern, ignoresCase ? 'i' : '');
  const all = new RegExp(pattern, ignoresCase ? 'gi' : 'g');
  return {
    pattern,
    test: text => once.test(text),
    ranges(text, limit = 100) {
      const found: [number, number][] = [];
      for (const match of text.matchAll(all)) {
        if (match[0] !== '') found.push([match.index, match.index + match[0].length]);
        if (found.length >= limit) break;
      }
      return found;
    },
  };
}

function linear(pattern: string, ignoresCase: boolean, compiled: RE2JS): TextMatcher {
  const required = requiredText(pattern);
  // With the flag u, letters fold as they do in RE2.
  const first =
    required === undefined ? undefined : new RegExp(literalPattern(required), ignoresCase ? 'iu' : 'u');
  return {
    pattern,
    test: text => first?.test(text) !== false && compiled.test(text),
    ranges(text, limit = 100) {
      const found: [number, number][] = [];
      const matcher = compiled.matcher(text);
      while (found.length < limit && matcher.find()) {
        if (matcher.end() > matcher.start()) found.push([matcher.start(), matcher.end()]);
      }
      return found;
    },
  };
}
