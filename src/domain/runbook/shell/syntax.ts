import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';
import type { Hole } from '../model.ts';
import { findHoles, maskHoles } from './holes.ts';

export interface ShellText {
  /** Gaps of the text that was parsed. */
  readonly holes: readonly Hole[];
  readonly script: ParsedScript;
  /** More lines could still complete it: an open quote, substitution, loop, here-document or operator. */
  readonly isIncomplete: boolean;
  readonly error: string | undefined;
}

const OPEN_ENDED =
  /^unterminated|^expected (?:'(?:done|do|fi|esac|then|in|\}|\)|\]\])'|command|compound command)/;
const CANNOT_BE_OPEN =
  /^(?!.*(?:["'`\\({|&]|<<|\[\[))(?!\s*(?:if|for|while|until|case|select|function|do|then)\b)/;

const MAX_SUBSTITUTIONS = 24;

/** Parses one candidate statement (gaps masked). Nested scripts carry errors of their own: they count too. */
export function parseShell(text: string): ShellText {
  const holes = findHoles(text);
  // Deep nesting exhausts the parser's stack, and backticks double its work at each level.
  if ((text.match(/\$\(|`/g)?.length ?? 0) > MAX_SUBSTITUTIONS)
    return { holes, script: parse(''), isIncomplete: false, error: 'too many substitutions' };
  const masked = maskHoles(text, holes);
  const script = parse(masked);
  const errors = [...(script.errors ?? [])];
  let hasOpenHereDoc = false;
  if (/<<|\$\(|`/.test(masked)) {
    visitNodes(script, node => {
      if (node.type === 'HereDoc') hasOpenHereDoc ||= node.closing === undefined;
      if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution')
        errors.push(...(node.script?.errors ?? []));
    });
  }
  const isIncomplete =
    hasOpenHereDoc ||
    /(?:^|[^\\])(?:\\\\)*\\$/.test(masked) ||
    errors.some(({ message, pos }) => OPEN_ENDED.test(message) && isAtEnd(masked, message, pos));
  const error = hasOpenHereDoc ? 'unterminated here-document' : errors[0]?.message;
  return { holes, script, isIncomplete, error };
}

/** Cheap "no": most lines have nothing that could stay open, and need no parser to know it. */
export function canBeOpen(line: string): boolean {
  return !CANNOT_BE_OPEN.test(line);
}

export function visitNodes(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  forEachChild(node, child => visitNodes(child, visit));
}

/** `a | | b` also lacks a command, but no further line can mend that. */
function isAtEnd(text: string, message: string, position: number): boolean {
  return !message.startsWith('expected command') || text.slice(position).trim() === '';
}
