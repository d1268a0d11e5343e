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
  if (!isCaptured) return `${trap}\n. ${step}\nwk_code=$?\ntrap - INT\necho "$wk_code" > ${code}`;
  return [
    trap,
    `mkfifo ${pipe}`,
    `{ tee ${out} < ${pipe} & } 2>/dev/null`,
    'wk_tee=$!',
    `. ${step} > ${pipe} 2>&1`,
    'wk_code=$?',
    'wait "$wk_tee"',
    'trap - INT',
    `echo "$wk_code" > ${code}`,
  ].join('\n');
}
