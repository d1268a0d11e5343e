import type { CodePageBlock, PageBlock, TextPageBlock } from '../source/blocks.ts';

/** A block of the page with the headings above it, outermost first. */
export interface Placed<T extends PageBlock = PageBlock> {
  readonly block: T;
  readonly headingPath: readonly string[];
  /** Text of the paragraph before, when the block is a list item: `Escalate if:`. */
  readonly intro: string;
}

export function textBlocks(page: readonly Placed[]): readonly Placed<TextPageBlock>[] {
  return page.filter((placed): placed is Placed<TextPageBlock> => placed.block.kind === 'text');
}

export function codeBlocks(page: readonly Placed[]): readonly Placed<CodePageBlock>[] {
  return page.filter(
    (placed): placed is Placed<CodePageBlock> =>
      placed.block.kind === 'fence' || placed.block.kind === 'indented',
  );
}

/** Gives every block its headings. `headings` may repeat in a file: a path is a place, not an id. */
export function placeBlocks(blocks: readonly PageBlock[]): readonly Placed[] {
  const open: { readonly level: number; readonly path: readonly string[] }[] = [];
  let intro = '';
  return blocks.map(block => {
    if (block.kind === 'heading') {
      while ((open.at(-1)?.level ?? 0) >= block.level) open.pop();
      open.push({ level: block.level, path: [...(open.at(-1)?.path ?? []), block.text] });
      intro = '';
    } else if (block.kind === 'text' && block.item === undefined) intro = block.text;
    return { block, headingPath: open.at(-1)?.path ?? [], intro };
  });
}
