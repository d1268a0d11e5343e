import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { escapeCell, escapeText, toCode } from '../../../src/domain/review/escape.ts';

const markdown = new MarkdownIt({ html: true, linkify: false });

/** What a reader sees: tags out, entities decoded. */
function seen(html: string): string {
  return html
    .replace(/<br>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replaceAll('\u200b', '');
}

function words(text: string): string {
  return text
    .split(/\s+/)
    .filter(word => word !== '')
    .join(' ');
}

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '|',
        '\\',
        '`',
        '``',
        '*',
        '**',
        '_',
        '<b>',
        '&lt;',
        '[x](y)',
        '![i](u)',
        '- ',
        '1. ',
        '# ',
        '> ',
      ),
      fc.constantFrom(
        '@here',
        '@channel',
        '~~',
        '$',
        '{Name}',
        '---',
        '===',
        '[ ] ',
        'https://x.example/a_b',
        '\n',
        'é',
        '日',
      ),
      fc.string({ maxLength: 4, unit: 'grapheme-ascii' }),
    ),
    { maxLength: 8 },
  )
  .map(parts => parts.join(''));

test('any text in a table cell is shown as it is, in one row of as many cells', () => {
  fc.assert(
    fc.property(nasty, text => {
      const cell = escapeCell(text);
      assert.ok(!/[\r\n]/.test(cell));
      const html = markdown.render(`| A | B |\n|---|---|\n| x | ${cell} |\n`);
      const cells = [...html.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(match => match[1] ?? '');
      assert.equal(cells.length, 2, cell);
      assert.equal(words(seen(cells[1] ?? '')), words(text), cell);
      assert.ok(!/<(?!br>)[a-z]/i.test(cells[1] ?? ''), `markup in ${cells[1]}`);
    }),
    { numRuns: 2000 },
  );
});

test('any text as a list item is shown as it is and opens nothing', () => {
  fc.assert(
    fc.property(nasty, text => {
      const html = markdown.render(`- ${escapeText(text)}\n`);
      assert.equal(words(seen(html)), words(text), escapeText(text));
      assert.ok(!/<(?!\/?(?:ul|li)>)[a-z]/i.test(html), html);
    }),
    { numRuns: 2000 },
  );
});

test('any text as code is shown as it is', () => {
  fc.assert(
    fc.property(nasty, text => {
      const html = markdown.renderInline(`a ${toCode(text)} b`);
      if (text.trim() === '') return;
      assert.equal(words(seen(html)), words(`a ${text.trim()} b`));
    }),
    { numRuns: 1000 },
  );
});

const cells: readonly (readonly [string, string])[] = [
  ['a|b', 'a\\|b'],
  ['line one\r\nline two', 'line one<br>line two'],
  ['ping @here and @channel', 'ping @\u200bhere and @\u200bchannel'],
  ['docker_compose_up', 'docker_compose_up'],
  ['__init__', '\\_\\_init\\_\\_'],
  ['[DRILL] redis', '[DRILL] redis'],
  ['[a](b)', '\\[a](b)'],
  ['<script>', '&lt;script>'],
  ['{"status":"ok"} {Name}', '{"status":"ok"} \\{Name}'],
  ['C:\\temp\\*', 'C:\\temp\\\\\\*'],
  ['[\n[x](y)', '\\[<br>\\[x](y)'],
  ['bell\u0007 and \u202eright-to-left', 'bell and right-to-left'],
];

for (const [text, cell] of cells) {
  test(`the cell for ${JSON.stringify(text)} is ${JSON.stringify(cell)}`, () =>
    assert.equal(escapeCell(text), cell));
}
