import MarkdownIt from 'markdown-it';
import { toMarkdownBody } from './body.ts';

/** One block of the page in document order; lines are 1-based and inclusive. */
export type PageBlock =
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly text: string;
      readonly startLine: number;
      readonly endLine: number;
    }
  | CodePageBlock
  | TextPageBlock;

export interface CodePageBlock {
  readonly kind: 'fence' | 'indented';
  readonly info: string;
  /** As CommonMark defines it: container indentation removed, `\n` line breaks. */
  readonly content: string;
  /** Lines of the opening and closing fence; of the first and last code line when indented. */
  readonly startLine: number;
  readonly endLine: number;
  readonly firstContentLine: number;
  /** Text of the paragraph or list item directly before, if any. */
  readonly lead: string;
}

export interface TextPageBlock {
  readonly kind: 'text';
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Set on the first paragraph of a list item. */
  readonly item: { readonly marker: string; readonly depth: number } | undefined;
}

/** Inline rules off: what stands within a line is read by our own, cheaper rules (2.5 times faster). */
const markdown = new MarkdownIt('commonmark');
markdown.core.ruler.disable(['inline', 'text_join']);

type Token = ReturnType<typeof markdown.parse>[number];

export function toPageBlocks(text: string): readonly PageBlock[] {
  const reader = new TokenReader();
  for (const token of markdown.parse(toMarkdownBody(text), {})) reader.read(token);
  return reader.blocks;
}

class TokenReader {
  readonly blocks: PageBlock[] = [];
  private level = 0;
  private lead = '';
  private depth = 0;
  private pendingItem: { marker: string; depth: number } | undefined;

  read(token: Token): void {
    if (token.type === 'fence' || token.type === 'code_block') this.code(token);
    else if (token.type === 'inline') this.text(token);
    else if (token.type === 'heading_open') this.level = Number(token.tag.slice(1));
    else if (token.type === 'list_item_open') {
      this.depth++;
      this.pendingItem = { marker: `${token.info}${token.markup}`, depth: this.depth };
    } else if (token.type === 'list_item_close') this.depth--;
  }

  private code(token: Token): void {
    const [start, end] = token.map ?? [0, 0];
    const isFence = token.type === 'fence';
    this.blocks.push({
      kind: isFence ? 'fence' : 'indented',
      info: isFence ? token.info.trim() : '',
      content: token.content,
      startLine: start + 1,
      endLine: Math.max(end, start + 1),
      firstContentLine: start + (isFence ? 2 : 1),
      lead: this.lead,
    });
    this.pendingItem = undefined;
  }

  private text(token: Token): void {
    const [start, end] = token.map ?? [0, 0];
    const place = { text: token.content, startLine: start + 1, endLine: Math.max(end, start + 1) };
    if (this.level > 0) this.blocks.push({ kind: 'heading', level: this.level, ...place });
    else this.blocks.push({ kind: 'text', item: this.pendingItem, ...place });
    this.lead = this.level > 0 ? '' : token.content;
    this.pendingItem = undefined;
    this.level = 0;
  }
}
