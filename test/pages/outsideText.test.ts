import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { toLabel, toNotice } from '../../src/ui/outsideText.ts';

// What VS Code reads as a link in notifications and prompts, and as an icon in labels.
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (?:"[^"]+"|'[^']+'))?\)/i;
const icon = /(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

test('nothing that a service says becomes a link in a notification', () => {
  const said = 'Postgres is down: [restart it](command:workbench.action.terminal.sendSequence?%7B%7D)';
  assert.match(said, link);
  assert.doesNotMatch(toNotice(said), link);
  const bit = fc.constantFrom('[', ']', '(', ')', '](', 'command:x', 'https://x', '\n', ' ', 'a');
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 20 }), bits => assert.doesNotMatch(toNotice(bits.join('')), link)),
  );
});

test('a notification is one line of bounded length', () => {
  assert.equal(toNotice('a\n  b\r\nc'), 'a b c');
  assert.equal(toNotice('x'.repeat(5_000)).length, 601);
});

test('an icon in a title stays text', () => {
  const bit = fc.constantFrom('$', '(', '$(', 'rocket', 'close)', ')', '\\', ' ');
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 12 }), bits => {
      for (const [, escaped] of toLabel(bits.join('')).matchAll(icon)) assert.equal(escaped, '\\');
    }),
  );
  assert.equal(toLabel('$(close) Cancel'), '\\$(close) Cancel');
});

test('every notification goes through the one place that takes links out', () => {
  const root = path.resolve(import.meta.dirname, '../../src');
  const calls = fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => {
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      return [...text.matchAll(/\.show(?:Information|Warning|Error)Message\(\s*(\w+)/g)].map(
        ([, first]) => `${file}: ${first}`,
      );
    });
  assert.ok(calls.length > 4);
  assert.deepEqual(
    calls.filter(call => !call.endsWith(': toNotice')),
    [],
  );
});
