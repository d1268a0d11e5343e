import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedText, toPlainText } from '../../../src/domain/runbook/terminalText.ts';

const rows: readonly [string, string, string][] = [
  ['colours', '\x1b[31mred\x1b[0m', 'red'],
  ['shell integration marks', '\x1b]633;C\x07out\x1b]633;D;0\x07', 'out'],
  ['a title', '\x1b]0;title\x1b\\text', 'text'],
  ['a clipboard write', 'a\x1b]52;c;aGk=\x07b', 'ab'],
  ['a progress bar', '10%\r50%\r100%\n', '100%\n'],
  ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
  ['NUL and bell', 'a\x00b\x07c', 'abc'],
  ['a cut escape', 'x\x1b[3', 'x'],
];

test('terminal data becomes the text that a person would have read', () => {
  for (const [name, data, text] of rows) assert.equal(toPlainText(data), text, name);
});

test('bounded text keeps head and tail whatever the cuts, and counts what it dropped', () => {
  const whole = Array.from({ length: 100 }, (_, i) => String(i % 10)).join('');
  for (const size of [1, 3, 7, 50, 100]) {
    const text = new BoundedText(20);
    for (let i = 0; i < whole.length; i += size) text.append(whole.slice(i, i + size));
    assert.equal(text.toString(), `${whole.slice(0, 20)}\n… 60 characters left out …\n${whole.slice(-20)}`);
  }
  const short = new BoundedText(20);
  short.append('all of it');
  assert.equal(short.toString(), 'all of it');
});
