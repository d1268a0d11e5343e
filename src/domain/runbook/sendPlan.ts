import { hasHiddenText } from './hiddenText.ts';

/** How a statement reaches a shell: as typed, or as a file that the shell reads into itself. */
export type SendPlan = { readonly by: 'line' } | { readonly by: 'script'; readonly why: string };

/** Shells whose interactive reading was measured; anything else is `other`. */
export type ShellKind = 'bash' | 'zsh' | 'fish' | 'sh' | 'pwsh' | 'other';

// zsh takes 2.7 s over a line of 3,000 characters, and every shell wraps long input confusingly.
const longestLine = 500;

const plainWords = /^[A-Za-z][\w.-]*(?: [\w./:=+-]+)*$/;
const shellBuiltins = /^(?:export|unset|source|alias|set|eval|exec|test|true|false|read|trap|ulimit)\b/;

/**
 * Raw text that spans lines, starts a subshell or holds `!` ends without an exit code, or never, in one interactive
 * shell or another; a file that is sourced gave the right code in every case measured.
 */
export function planSend(command: string, shell: ShellKind): SendPlan {
  if (/[\r\n]/.test(command)) return { by: 'script', why: 'it spans several lines' };
  if (command.length > longestLine) return { by: 'script', why: 'it is long' };
  if (/^\s*[({]/.test(command)) return { by: 'script', why: 'it starts a group' };
  if (hasHiddenText(command))
    return { by: 'script', why: 'a line editor would act on its control characters' };
  if (/\t/.test(command)) return { by: 'script', why: 'a tab would ask for completion' };
  if (command.includes('!')) return { by: 'script', why: '! would recall history' };
  if (/<<-?\s*\\?['"]?\w/.test(command)) return { by: 'script', why: 'it holds a here-document' };
  if (/^\s*(for|while|until|if|case|select|function)\b/.test(command))
    return { by: 'script', why: 'it is a compound statement' };
  if (/(^|\s)#/.test(command)) return { by: 'script', why: 'interactive zsh takes # as a word' };
  if (shell === 'fish' && /[`]|\$\(\(|\$\{|&&\s*\{|\bexport\s/.test(command))
    return { by: 'script', why: 'fish reads it differently' };
  if (shell === 'pwsh' && !(plainWords.test(command) && !shellBuiltins.test(command)))
    return { by: 'script', why: 'PowerShell reads it differently' };
  return { by: 'line' };
}

/** Names as VS Code reports them in `terminal.state.shell`, or of the shell's program. */
export function toShellKind(name: string | undefined): ShellKind {
  if (name === 'bash' || name === 'gitbash' || name === 'wsl') return 'bash';
  if (name === 'zsh' || name === 'fish' || name === 'sh' || name === 'pwsh') return name;
  if (name === 'powershell') return 'pwsh';
  return name === 'ksh' || name === 'dash' || name === 'ash' ? 'sh' : 'other';
}

/**
 * What is typed to show a script and then read it. Steps are written for a POSIX shell: fish and PowerShell hand them
 * to bash, so that what they export or `cd` does not carry over there.
 */
export function readScriptLine(file: string, shell: ShellKind): string {
  const word = quoteFor(shell, file);
  if (shell === 'pwsh') return `Get-Content ${word}; bash ${word}`;
  return `cat ${word}; ${shell === 'fish' ? 'bash' : '.'} ${word}`;
}

/**
 * Lines that set variables for what follows; fish reads `export NAME=value` as well. Throws on a name that a shell
 * would read as more than a name.
 */
export function exportLines(variables: Readonly<Record<string, string>>, shell: ShellKind): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      if (!/^[A-Za-z_]\w*$/.test(name))
        throw new RangeError(`Not a variable's name: ${JSON.stringify(name)}`);
      return shell === 'pwsh'
        ? `$env:${name} = ${quoteFor(shell, value)}`
        : `export ${name}=${quoteWord(value)}`;
    })
    .join('\n');
}

/** A word that every POSIX shell and fish reads as exactly this text. */
export function quoteWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** PowerShell doubles a quote within quotes. */
export function quoteFor(shell: ShellKind, text: string): string {
  return shell === 'pwsh' ? `'${text.replaceAll("'", "''")}'` : quoteWord(text);
}
