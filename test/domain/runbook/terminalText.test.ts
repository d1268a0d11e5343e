import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedText, QuestionWatch, toPlainText } from '../../../src/domain/runbook/terminalText.ts';

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

test('questions to the terminal are seen, wherever the output is cut; colours and marks are none', () => {
  const asking = [
    '\x1b[c',
    '\x1b[>0c',
    '\x1b[6n',
    '\x1b[?6n',
    '\x1b[5n',
    '\x1b]11;?\x07',
    '\x1b]4;1;?\x1b\\',
    '\x1b[18t',
    '\x1b[?2004$p',
    '\x1bP+q544e\x1b\\',
    '\x05',
  ];
  for (const question of asking) {
    for (let cut = 0; cut <= question.length; cut++) {
      const watch = new QuestionWatch();
      for (const piece of ['before ', question.slice(0, cut), question.slice(cut), ' after'])
        watch.see(piece);
      assert.ok(watch.hasAsked, JSON.stringify([question, cut]));
    }
  }
  const watch = new QuestionWatch();
  for (const [, data] of rows) watch.see(data);
  watch.see('\x1b[2J\x1b[10;20H\x1b[?25l\x1b[6m\x1b]633;C\x07');
  assert.ok(!watch.hasAsked);
});
