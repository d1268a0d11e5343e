import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveLog } from '../../../src/app/logs/savedLogs.ts';
import type { TextFiles } from '../../../src/ports.ts';

function setUp(lines: readonly string[]) {
  const written = new Map<string, string>();
  const files: TextFiles = {
    async writeFile(path, fill) {
      const parts: string[] = [];
      await fill({ write: part => void parts.push(part) });
      written.set(path, parts.join(''));
    },
  };
  const asked: (number | undefined)[] = [];
  const save = () =>
    saveLog(
      { by: 'name', name: 'web' },
      {
        tails: {
          async writeSnapshot(_source, sinceMs, sink) {
            asked.push(sinceMs);
            for (const line of lines) sink.write(`${line}\n`);
            return lines.length;
          },
        },
        files,
        redact: text => text.replaceAll('hunter2', '«redacted»'),
        sinceMs: 5000,
        pathFor: label => `/store/${label}.log`,
        signal: new AbortController().signal,
      },
    );
  return { save, written, asked };
}

test('no line reaches the disk, or the quotation, with a secret in it', async () => {
  const { save, written, asked } = setUp(['one', 'password hunter2']);
  const saved = await save();
  assert.equal(written.get('/store/web.log'), 'one\npassword «redacted»\n');
  assert.deepEqual(saved.ending, ['one', 'password «redacted»']);
  assert.equal(saved.lineCount, 2);
  assert.deepEqual(asked, [5000]);
});

test('of a long log the file has all and the quotation the end', async () => {
  const { save, written } = setUp(Array.from({ length: 5000 }, (_, index) => `line ${index}`));
  const saved = await save();
  assert.equal(saved.lineCount, 5000);
  assert.equal(saved.ending.length, 400);
  assert.equal(saved.ending.at(-1), 'line 4999');
  assert.equal(written.get('/store/web.log')?.split('\n').length, 5001);
});
