import { classifyLanguage, isPrintedOutput, type LanguageClass } from './languages.ts';
import { isCertainOutput, isTableRow } from './outputLike.ts';
import { readPlainLines } from './plainLines.ts';
import { anglePromptLength, isReplLine, promptLength, rootPromptLength } from './prompts.ts';
import type { RawItem } from './rawItem.ts';
import { isKnownProgram, isSureCommand, isUnmistakableCall, looksLikeCommand } from './sureCommand.ts';
import { readTranscript } from './transcript.ts';

export interface CodeToRead {
  readonly info: string;
  readonly content: string;
  /** The text directly above: says whether the block is a file's contents. */
  readonly lead: string;
}

export interface ReadCode {
  readonly isRunnable: boolean;
  readonly items: readonly RawItem[];
}

const FILE_NAME = /\.bash|\.zshrc|\.profile|\.env|crontab|ssh\/config/i;
const MAX_LINE = 4000;
const MAX_LINES = 20_000;
const NOT_RUNNABLE: ReadCode = { isRunnable: false, items: [] };
const FILE_LEAD =
  /\b(?:add|put|append|paste|contain|content|set up|edit|configure|save|write)\w*\b[^.]*(?:\.bashrc|\.bash_profile|\.zshrc|\.profile|\.envrc|\.env\b|crontab|ssh\/config)/is;

/** Finds the commands of one code block, or says that there is nothing to run in it. */
export function readCode(code: CodeToRead): ReadCode {
  const language = classifyLanguage(code.info);
  const lines = toLines(code.content);
  // Nobody types such a line: it is data, and patterns would be slow on it.
  if (lines.length > MAX_LINES || lines.some(line => line.length > MAX_LINE)) return NOT_RUNNABLE;
  const firstCode = lines.find(line => line.trim() !== '' && !isComment(line));
  if (language === 'other' && !isMistaggedTranscript(code.info, firstCode)) return NOT_RUNNABLE;
  if (/^#!/.test(lines[0] ?? '') && lines.length > 3) return NOT_RUNNABLE;
  if (isFileContents(code.lead, lines, language)) return NOT_RUNNABLE;
  const items = readItems(lines, language, { firstCode, lead: code.lead });
  return items?.some(item => item.kind === 'command') ? { isRunnable: true, items } : NOT_RUNNABLE;
}

function readItems(
  lines: readonly string[],
  language: LanguageClass,
  { firstCode, lead }: { readonly firstCode: string | undefined; readonly lead: string },
): readonly RawItem[] | undefined {
  const firstLine = lines.find(line => line.trim() !== '') ?? '';
  if (isRootTranscript(lines, firstLine)) return readTranscript(lines, rootPromptLength);
  if (firstCode === undefined)
    return language === 'shell' || language === 'transcript' ? rootLines(lines) : undefined;
  if (anglePromptLength(firstLine) > 0) return readTranscript(lines, anglePromptLength);
  const hasPrompt = lines.some(line => promptLength(line) > 0);
  const isTagged = language === 'shell' || language === 'transcript';
  const isPrompted = promptLength(firstCode) > 0;
  if (!isPrompted && (isReplLine(firstCode) || isCertainOutput(firstCode))) return undefined;
  const isOpen = isTagged || isPrompted || lines.some(line => isPromptedProgram(line));
  const isSure = isSureCommand(firstCode);
  if (!isOpen && (isTableRow(firstCode) || isRuled(lines, isSure))) return undefined;
  const isCallOnly = !isOpen && !isSure;
  if (isCallOnly && !isCalled(lines, lead)) return undefined;
  return hasPrompt
    ? readTranscript(lines, promptLength)
    : readPlainLines(lines, isTagged || (isCallOnly && !isUnmistakableCall(firstCode)));
}

/** Common indentation inside the fence goes; blanks that only look like spaces become spaces (same length). */
export function toLines(content: string): readonly string[] {
  const lines = content.replace(/\n$/, '').split('\n');
  const indent = lines.reduce(
    (least, line) => (line.trim() === '' ? least : Math.min(least, line.length - line.trimStart().length)),
    Number.POSITIVE_INFINITY,
  );
  return lines.map(line =>
    line.slice(Number.isFinite(indent) ? indent : 0).replace(/[\u00a0\u202f\u200b\ufeff]/g, ' '),
  );
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** `# cmd` lines only, as root: a block with an ordinary command means its `#` lines are comments. */
function isRootTranscript(lines: readonly string[], firstLine: string): boolean {
  return (
    rootPromptLength(firstLine) > 0 &&
    !lines.some(line => !isComment(line) && (isSureCommand(line) || promptLength(line) > 0))
  );
}

/** Nothing but `# prog -x` in a block that says it is shell: the prompt of root, though nobody listed the program. */
function rootLines(lines: readonly string[]): readonly RawItem[] | undefined {
  const length = (line: string) => /^\s*# +(?=\S)/.exec(line)?.[0].length ?? 0;
  const code = lines.filter(line => line.trim() !== '');
  const isEachCall = code.every(line => {
    const rest = line.slice(length(line));
    return isUnmistakableCall(rest) || /^[a-z][\w.-]* <[\w -]+>$/.test(rest);
  });
  return code.length > 0 && code.length <= 3 && isEachCall ? readTranscript(lines, length) : undefined;
}

function isPromptedProgram(line: string): boolean {
  const command = /^\s*\$ +(\S.*)$/.exec(line)?.[1];
  return command !== undefined && isKnownProgram(command);
}

/** A table: its second line is a rule. Below a command, only one whose own words are the columns' names. */
function isRuled([first = '', ...rest]: readonly string[], isSure: boolean): boolean {
  const hasRule = [first, ...rest].slice(0, 3).some(line => /^[\s+|:=-]*-{3}[\s+|:=-]*$/.test(line));
  return hasRule && (!isSure || (/^[\w ]+(?:\|[\w ]+)+$/.test(first) && /^\s*-+\+/.test(rest[0] ?? '')));
}

const ASKS_TO_RUN =
  /\b(?:run|running|execute|executing|issue|invoke|command|commands|using|via|with)\b[^.]{0,120}:?\s*$/i;
const ASKS_ELSEWHERE =
  /\b(?:consoles?|quer(?:y|ies)|sql|psql|ruby|irb|promql|kibana|filter|search|redis|python|grafana|prompt|slack|chatops|powershell|output|result|response|returns?|shows?|looks? like|see|example|error|logs?|config\w*|file|yaml|json|settings?)\b/i;

/** An untagged block whose every line is a call of a program nobody listed, by its shape or because the text says so. */
function isCalled(lines: readonly string[], lead: string): boolean {
  const code = lines.filter(line => line.trim() !== '' && !isComment(line));
  const first = code[0] ?? '';
  if (isUnmistakableCall(first))
    return !code.slice(1).some(line => isCertainOutput(line) && !/^\s/.test(line));
  const lastLines = lead.split('\n').slice(-2).join(' ');
  if (!ASKS_TO_RUN.test(lastLines) || ASKS_ELSEWHERE.test(lastLines)) return false;
  return code.length <= 5 && code.every(isPlainCall);
}

function isPlainCall(line: string): boolean {
  const text = line.trim();
  const words = text.split(/\s+/);
  if (words.length < 2 || words.length > 8 || /[.!?:;,]$|:\s|,\s|\[[A-Z-]|=\s|\s=|\(/.test(text))
    return false;
  return /^(?:[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*|<[\w -]+>)$/.test(words[0] ?? '') && looksLikeCommand(text);
}

function isMistaggedTranscript(info: string, firstCode: string | undefined): boolean {
  const command = /^\s*\$ +(\S.*)$/.exec(firstCode ?? '')?.[1];
  return command !== undefined && !isPrintedOutput(info) && isKnownProgram(command);
}

function isFileContents(lead: string, lines: readonly string[], language: LanguageClass): boolean {
  if (!FILE_NAME.test(lead) || !FILE_LEAD.test(lead.split('\n').slice(-4).join('\n'))) return false;
  if (language === 'shell' || language === 'transcript')
    return /\.(?:bash|zsh|env|profile)|ssh\/config|crontab/.test(lead);
  return lines.some(line => line.trim() !== '' && !isComment(line) && !isSureCommand(line));
}
