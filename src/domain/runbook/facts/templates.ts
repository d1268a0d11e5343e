import type { MessageTemplate } from '../model.ts';
import { languageOf } from '../shell/languages.ts';
import { parseDurationMs } from '../source/durations.ts';
import type { IdMint } from '../source/hash.ts';
import type { LineTable } from '../source/lineTable.ts';
import { toPlainText } from '../source/plainText.ts';
import { codeBlocks, type Placed } from './page.ts';

const HEADING =
  /communicat|template|declar|announce|status (?:update|page)|(?:resolution|closure) notice|notif|post-?\s?(?:incident|mortem)|\breview\b|retrospective/i;
/** A line about the message, not of it: what it is for, where it goes, how often. */
const META = /^#+\s+(?=.*(?:\btemplate\b|#[\w-]+\s+channel\b|\bevery\s+\d+\s*[a-z]+)).*$/i;
const PLACEHOLDER = /\{[^{}\n]+\}/g;

/** Messages to fill: Markdown or plain fences under headings about communication and reviews. */
export function readTemplates(
  page: readonly Placed[],
  table: LineTable,
  mint: IdMint,
): readonly MessageTemplate[] {
  return codeBlocks(page).flatMap(({ block, headingPath }) => {
    const language = languageOf(block.info);
    const placeholders = block.content.match(PLACEHOLDER) ?? [];
    const isMarkdown = /^(?:markdown|md|slack)$/.test(language);
    const isText = /^(?:text|txt|plaintext|)$/.test(language) && placeholders.length > 0;
    if (block.kind !== 'fence' || !(isMarkdown || isText) || !headingPath.some(title => HEADING.test(title)))
      return [];
    const [first = '', ...rest] = block.content.replace(/\n$/, '').split('\n');
    const meta = META.test(first) ? first : '';
    const body = meta === '' ? [first, ...rest] : rest.slice(rest.findIndex(line => line.trim() !== ''));
    const title = toPlainText(headingPath.at(-1) ?? 'Message');
    return [
      {
        id: mint.mint('template', ...headingPath),
        kind: kindOf(`${title} ${meta}`, headingPath),
        title,
        body: body.join('\n'),
        ...metaFacts(meta),
        range: table.lines(block.startLine, block.endLine),
        placeholders,
      },
    ];
  });
}

function metaFacts(meta: string) {
  const cadence = /\bevery\s+(\d+\s*\w+)/i.exec(meta)?.[1];
  return {
    channel: /(#[\w-]+)\s+channel/i.exec(meta)?.[1],
    cadenceMs: cadence === undefined ? undefined : parseDurationMs(cadence),
    cadenceLevels:
      cadence === undefined ? [] : [...meta.matchAll(/\bSEV-?(\d)/gi)].map(match => Number(match[1])),
    outputPath: /\btemplate:\s*(\S+\.md)\b/i.exec(meta)?.[1],
  };
}

function kindOf(text: string, headingPath: readonly string[]): MessageTemplate['kind'] {
  if (/review|post-?\s?mortem|retrospective/i.test(text)) return 'review';
  if (/declar/i.test(text)) return 'declaration';
  if (/resol|closure|all clear/i.test(text)) return 'resolution';
  if (/update/i.test(text)) return 'update';
  return headingPath.some(title => /post-?\s?(?:incident|mortem)/i.test(title)) ? 'review' : 'other';
}
