import { RE2JS } from 're2js';
import { fail, ok, type Result } from '../../base/result.ts';

/** Whether a pattern is found in a text. RE2: a pattern from a file must not be able to hang the window. */
export function findsPattern(pattern: string, text: string): Result<boolean> {
  try {
    return ok(RE2JS.compile(pattern).matcher(text).find());
  } catch {
    return fail(`"${pattern}" is not a pattern`);
  }
}
