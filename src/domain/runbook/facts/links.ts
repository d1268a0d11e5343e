import type { RunbookLink } from '../model.ts';
import { parseLabelled, toPlainText } from '../source/plainText.ts';
import { type Placed, textBlocks } from './page.ts';

const LINK =
  /(?<!!)\[([^\]]*)\]\(\s*<?([^()\s>]+(?:\([^()\s]*\)[^()\s>]*)*)>?(?:\s+["'][^"']*["'])?\s*\)|<(https?:\/\/[^\s>]+)>|(?<![("'<`=\w])(https?:\/\/[^\s<>)"'`]+)|`((?:\/[\w.*{}-]+)+\/?[\w*-]+\.log[\w.*]*|\/var\/log\/[^`\s]+)`/g;

const MAY_LINK = /https?:\/\/|\]\(|`\//;

/** Links, dashboards and log paths in the text (not in code blocks). */
export function readLinks(page: readonly Placed[]): readonly RunbookLink[] {
  return textBlocks(page).flatMap(({ block }) => {
    if (!MAY_LINK.test(block.text)) return [];
    return block.text.split('\n').flatMap((line, i) => linksOf(line, block.startLine + i));
  });
}

function linksOf(text: string, line: number): readonly RunbookLink[] {
  if (!MAY_LINK.test(text)) return [];
  const label = parseLabelled(text.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, ''))?.label;
  return [...text.matchAll(LINK)].map(match => {
    const [, name, target, auto, bare, log] = match;
    const address = target ?? auto ?? bare?.replace(/[.,;:!?]+$/, '') ?? log ?? '';
    const kind = log !== undefined ? 'log' : /^[a-z][a-z+.-]*:/i.test(address) ? 'web' : 'file';
    return { text: toPlainText(name ?? '') || label || address, target: address, kind, line };
  });
}
