import {
  type Command,
  forEachChild,
  type Pipeline,
  type Redirection,
  type Script,
  type SyntaxNode,
  type While,
} from 'unbash';
import type { Verdict } from './verdict.ts';

export interface WalkContext {
  /** Text piped or here-documented into the script. */
  readonly input: string | undefined;
  readonly judge: (words: readonly string[], input: string | undefined) => readonly Verdict[];
}

const HARMLESS_TARGETS = /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)|-|\d+-?|&\d)$/;
const ASSIGNING: Verdict = { risk: 'read', mode: 'once', reason: 'assignment' };

/** Verdicts of every simple command in a script: pipelines, lists, loops, functions and substitutions included. */
export function walkScript(script: Script, context: WalkContext): readonly Verdict[] {
  const found: Verdict[] = [];
  const walk = (node: SyntaxNode, input: string | undefined): void => {
    if (node.type === 'Command') found.push(...judgeCommand(node, input, context));
    if (node.type === 'While' && isEndless(node))
      found.push({ risk: 'read', mode: 'stream', reason: 'endless loop' });
    if (node.type === 'Redirect' && isWriting(node)) found.push(writes(node.target?.value ?? ''));
    if (node.type === 'Pipeline') walkPipeline(node, input, walk);
    else forEachChild(node, child => walk(child, input));
  };
  walk(script, context.input);
  return found;
}

function walkPipeline(
  pipeline: Pipeline,
  input: string | undefined,
  walk: (node: SyntaxNode, input: string | undefined) => void,
): void {
  for (const [i, command] of pipeline.commands.entries()) {
    const before = pipeline.commands[i - 1];
    walk(command, before === undefined ? input : printedBy(before));
  }
}

/** What `echo x |` and `cat <<EOF |` print, so that `| psql` can be judged; '' when it cannot be known. */
function printedBy(node: SyntaxNode): string {
  if (node.type !== 'Command') return '';
  const words = wordsOf(node);
  if (words[0] === 'echo' || words[0] === 'printf')
    return words
      .slice(1)
      .filter(word => !/^-[neE]+$/.test(word))
      .join(' ');
  return inputOf(node.redirects) ?? '';
}

function judgeCommand(command: Command, input: string | undefined, context: WalkContext): readonly Verdict[] {
  const words = wordsOf(command);
  if (words.length === 0) return [ASSIGNING];
  return context.judge(words, inputOf(command.redirects) ?? input);
}

export function wordsOf(command: Command): readonly string[] {
  if (command.name === undefined) return [];
  const rest = command.args.map(arg => (arg.type === 'Word' ? arg.value : arg.text));
  return [command.name.value, ...rest];
}

function inputOf(redirects: readonly Redirection[]): string | undefined {
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') return redirect.body.text;
    if (redirect.type === 'HereString') return redirect.target?.value ?? '';
    if (redirect.operator === '<') return '';
  }
  return undefined;
}

function isWriting(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || !redirect.operator.includes('>')) return false;
  return !HARMLESS_TARGETS.test(redirect.target?.value ?? '');
}

function writes(target: string): Verdict {
  return { risk: 'change', mode: 'once', reason: `writes to ${target}` };
}

function isEndless(loop: While): boolean {
  const [only, ...others] = loop.clause.commands;
  if (others.length > 0 || only?.command.type !== 'Command') return false;
  const words = wordsOf(only.command);
  const isAlways = loop.kind === 'while' ? /^(?:true|:|\[ 1 \])$/ : /^false$/;
  return isAlways.test(words.join(' ')) && !hasBreak(loop);
}

function hasBreak(loop: SyntaxNode): boolean {
  let isFound = false;
  const look = (node: SyntaxNode): void => {
    if (node.type === 'Command' && /^(?:break|exit|return)$/.test(node.name?.value ?? '')) isFound = true;
    forEachChild(node, look);
  };
  look(loop);
  return isFound;
}
