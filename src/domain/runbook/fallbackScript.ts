import { quoteWord } from './sendPlan.ts';

export interface FallbackFiles {
  /** Holds the statement. */
  readonly step: string;
  readonly out: string;
  /** Gets the exit code and a newline when the statement has ended. */
  readonly code: string;
  readonly pipe: string;
}

/**
 * What a shell reads to run a statement in itself and leave output and exit code in files. Paths may hold blanks and
 * quotes: on macOS the storage folder always does.
 */
export function fallbackScript(files: FallbackFiles, isCaptured: boolean): string {
  const [step, out, code, pipe] = [files.step, files.out, files.code, files.pipe].map(quoteWord);
  // Interrupting a sourced file drops the rest of it: the trap is what still leaves a code.
  const trap = `trap ${quoteWord(`trap - INT; echo 130 > ${code}`)} INT`;
  // Some shells go on after the trap: whoever waited has taken the code and the files away by then.
  const leaveCode = `if [ -e ${step} ]; then echo "$wk_code" > ${code}; fi`;
  if (!isCaptured) return [trap, `. ${step}`, 'wk_code=$?', 'trap - INT', leaveCode].join('\n');
  return [
    trap,
    `mkfifo ${pipe}`,
    // Not a job of this shell, which would tell a person of its number and its end; so it cannot be waited for either.
    `( { tee ${out} < ${pipe}; rm -f ${pipe}; } & )`,
    `. ${step} > ${pipe} 2>&1`,
    'wk_code=$?',
    // What a step leaves running in the background may hold its output open for ever.
    'wk_left=40',
    `while [ -e ${pipe} ] && [ "$wk_left" -gt 0 ]; do sleep 0.05; wk_left=$((wk_left - 1)); done`,
    'trap - INT',
    leaveCode,
  ].join('\n');
}
