import type { StepMode } from './model.ts';

/** What a person is told about a step that ran. `finding`: it worked, and what it found is worth a look. */
export type StepResult = 'passed' | 'finding' | 'failed' | 'stopped' | 'unknown';

export interface JudgedOutcome {
  readonly result: StepResult;
  /** A short reason such as `no match`, for codes that mean something in particular. */
  readonly meaning: string | undefined;
}

interface ExitMeaning {
  /** Tested against the last command of the pipeline. */
  readonly program: RegExp;
  readonly codes: Readonly<Record<number, string>>;
}

/** Exit codes that are an answer rather than a failure. */
const meanings: readonly ExitMeaning[] = [
  { program: /^(?:sudo\s+)?(?:z|e|f|pcre)?grep\b|^rg\b/, codes: { 1: 'no match' } },
  {
    program: /^(?:sudo\s+)?systemctl\s+(?:status|is-active)\b/,
    codes: { 3: 'not active', 4: 'no such unit' },
  },
  {
    program: /\bpg_isready\b/,
    codes: { 1: 'rejecting connections', 2: 'no response', 3: 'no attempt made' },
  },
  { program: /^diff\b|^cmp\b/, codes: { 1: 'they differ' } },
  { program: /^(?:test|\[)\s/, codes: { 1: 'not so' } },
  { program: /^pgrep\b|^pidof\b/, codes: { 1: 'no such process' } },
  {
    program: /^(?:time\s+)?curl\b/,
    codes: {
      6: 'name does not resolve',
      7: 'connection refused',
      22: 'HTTP error status',
      28: 'timed out',
      52: 'empty reply',
      56: 'connection reset',
    },
  },
  { program: /^ping\b/, codes: { 1: 'no reply', 2: 'name does not resolve' } },
];

export function judgeOutcome(command: string, exitCode: number, mode: StepMode): JudgedOutcome {
  if (exitCode === 0) return { result: 'passed', meaning: undefined };
  // Ctrl-C is how a step that never ends is meant to end.
  if (exitCode === 130 || exitCode === 143)
    return { result: mode === 'once' ? 'stopped' : 'passed', meaning: 'interrupted' };
  if (exitCode === 127) return { result: 'failed', meaning: 'command not found' };
  if (exitCode === 126) return { result: 'failed', meaning: 'not executable' };
  const last = lastOfPipeline(command);
  const found = meanings.find(({ program, codes }) => program.test(last) && codes[exitCode] !== undefined);
  return found
    ? { result: 'finding', meaning: found.codes[exitCode] }
    : { result: 'failed', meaning: undefined };
}

/** The part behind the last `|` outside quotes: its exit code is the one the shell reports. */
function lastOfPipeline(command: string): string {
  let quote = '';
  let start = 0;
  for (let i = 0; i < command.length; i++) {
    const char = command.charAt(i);
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
    } else if (char === '\\') i++;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '|' && command.charAt(i + 1) !== '|' && command.charAt(i - 1) !== '|') start = i + 1;
    else if (char === ';' || char === '&') start = i + 1;
  }
  return command.slice(start).trim();
}
