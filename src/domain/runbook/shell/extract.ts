import { classifyLanguage, isPrintedOutput, type LanguageClass } from './languages.ts';
import { isCertainOutput } from './outputLike.ts';
import { readPlainLines } from './plainLines.ts';
import { anglePromptLength, isReplLine, promptLength, rootPromptLength } from './prompts.ts';
import type { RawItem } from './rawItem.ts';
import { isKnownProgram, isSureCommand } from './sureCommand.ts';
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
  const items = readItems(lines, language, firstCode);
  return items?.some(item => item.kind === 'command') ? { isRunnable: true, items } : NOT_RUNNABLE;
}

function readItems(
  lines: readonly string[],
  language: LanguageClass,
  firstCode: string | undefined,
): readonly RawItem[] | undefined {
  const firstLine = lines.find(line => line.trim() !== '') ?? '';
  if (isRootTranscript(lines, firstLine)) return readTranscript(lines, rootPromptLength);
  if (firstCode === undefined) return undefined;
  if (anglePromptLength(firstLine) > 0) return readTranscript(lines, anglePromptLength);
  const hasPrompt = lines.some(line => promptLength(line) > 0);
  const isTagged = language === 'shell' || language === 'transcript';
  const isPrompted = promptLength(firstCode) > 0;
  if (!isPrompted && (isReplLine(firstCode) || isCertainOutput(firstCode))) return undefined;
  if (!isTagged && !isPrompted && (!isSureCommand(firstCode) || isTableRow(firstCode))) return undefined;
  return hasPrompt ? readTranscript(lines, promptLength) : readPlainLines(lines, isTagged);
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

/** `host  all  all  10.0.0.0/8  md5`: columns, though the first word is a program's name. */
function isTableRow(line: string): boolean {
  return /^\s*[\w.-]+(?:\s{2,}[^\s-]\S*){3,}\s*$/.test(line);
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** `# cmd` lines only, as root: a block with an ordinary command means its `#` lines are comments. */
function isRootTranscript(lines: readonly string[], firstLine: string): boolean {
  return rootPromptLength(firstLine) > 0 && !lines.some(line => !isComment(line) && isSureCommand(line));
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
