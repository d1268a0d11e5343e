import { isKnownProgram, isSureCommand } from './sureCommand.ts';

const DOLLAR = /^(\s*\$>? +)(?=\S)/;
const PERCENT = /^(\s*% +)(?=\S)/;
const CERTAIN: readonly RegExp[] = [
  /^(\s*\([\w.-]+\) ?[$#%] +)(?=\S)/,
  /^(\s*(?:~|\/[\w./-]*) ?[$#] +)(?=\S)/,
  /^(\s*(?:\([\w.-]+\) ?)?[\w.-]+@[\w.-]+(?:[: ]?[~/][^\s$#%]*|[: ]\w*)? ?[$#%] +)(?=\S)/,
  /^(\s*\[[\w.-]+(?:@[\w.-]+)?(?:[ :][^\]]*)?\] ?[$#%] +)(?=\S)/,
  /^(\s*[\w.-]+:[~/][\w./~-]* ?[$#%] +)(?=\S)/,
  /^(\s*(?:sh|bash)-\d(?:\.\d+)*[$#] +)(?=\S)/,
  /^(\s*[❯➜] {1,2})(?=\S)/,
];
/** `worker$ cmd`, `host $ cmd` or `node-1# cmd`: only with a real command behind it. */
const HOST = /^(\s*[A-Za-z][\w.-]*(?: ?\$| ?#) +)(?=\S)/;
/** Prompts with no blank before the command, or with words of their own: only a known program ends them. */
const CLOSE: readonly RegExp[] = [
  /^(\s*\$)(?=[a-z])/,
  /^(\s*\[[^\]\s]+(?: [^\]]*)?\][$#])(?=[a-z])/,
  /^(\s*[\w.-]+@[\w.-]+:[~/][^\s$#]*[$#])(?=[a-z])/,
  /^(\s*(?:→|»|▶) +)(?=[a-z])/,
  /^(\s*[❯➜→] +\S+ +(?:(?:git:|on )\S+ +)?(?:[✗✔] +)?)(?=[a-z])/,
];
const REPL =
  /^\s*(?:\w*(?:[=-]|\([\w.]*)[#>*]\s?|\w+=[#>]|irb(?:\([^)]*\))?[:\d]*[>*]|\[ ?[\w-]+ ?\] [\w-]+(?:\([^)]*\))?>|(?:\[?[\d.]+\]?|localhost|[\w.-]+\.[\w-]+):\d+(?:\[\d+\])?>|(?:mysql|mongo|mongosh|redis|sqlite|gpg(?:\/card)?|ftp|pry|postgres|cqlsh|MariaDB \[[^\]]*\]|ghci|scala|iex\([^)]*\)|node)(?:\([^)]*\))?[:\d]*>|>>> |\.\.\. )/;

/** Every prompt has one of these in it. */
const MAY_PROMPT = /[$#%❯➜→»▶]/;

/** Length of the prompt that the line starts with (0 when there is none). */
export function promptLength(line: string): number {
  if (!MAY_PROMPT.test(line) || isReplLine(line)) return 0;
  const dollar = DOLLAR.exec(line)?.[1];
  if (dollar !== undefined) return dollar.length;
  const percent = PERCENT.exec(line)?.[1];
  if (percent !== undefined && isKnownProgram(line.slice(percent.length))) return percent.length;
  for (const pattern of CLOSE) {
    const prompt = pattern.exec(line)?.[1];
    if (prompt !== undefined && isSureProgram(line.slice(prompt.length))) return prompt.length;
  }
  for (const pattern of CERTAIN) {
    const prompt = pattern.exec(line)?.[1];
    if (prompt !== undefined) return prompt.length;
  }
  const host = HOST.exec(line)?.[1];
  if (
    host !== undefined &&
    !isKnownProgram(host) &&
    isHostLike(host) &&
    isSureCommand(line.slice(host.length))
  )
    return host.length;
  return 0;
}

/** A line of a database shell, a console or another program's own prompt: shown, never run. */
export function isReplLine(line: string): boolean {
  return REPL.test(line);
}

/** `# cmd` typed as root rather than a comment: only when the rest is a command and no sentence. */
export function rootPromptLength(line: string): number {
  const prompt = /^(\s*# +)(?=\S)/.exec(line)?.[1];
  if (prompt === undefined) return 0;
  const rest = line.slice(prompt.length);
  return isSureCommand(rest) && !isSentence(rest) && !/^[~/]\S+$/.test(rest) ? prompt.length : 0;
}

export function anglePromptLength(line: string): number {
  const prompt = /^(\s*> )(?=\S)/.exec(line)?.[1];
  return prompt !== undefined && isSureCommand(line.slice(prompt.length)) ? prompt.length : 0;
}

function isSureProgram(text: string): boolean {
  return isKnownProgram(text) && isSureCommand(text);
}

function isHostLike(prompt: string): boolean {
  const host = prompt.trim();
  return host.endsWith('$') ? true : /[-.\d]/.test(host);
}

function isSentence(text: string): boolean {
  if (/^[A-Z]/.test(text) || /[a-z][.:]$/.test(text)) return true;
  if (/[|$<>{}=]|(?:^|\s)-{1,2}\w|&&/.test(text)) return false;
  return /\s(?:the|an?|to|for|of|is|are|and|in|this|that|with|from|on|if|all)\s/i.test(text);
}
