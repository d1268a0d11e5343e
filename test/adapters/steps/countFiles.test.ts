import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { countFiles } from '../../../src/adapters/steps/countFiles.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-count-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
for (const name of ['a/1.log', 'a/2.log', 'a/deep/3.log', 'a/.hidden', 'b/x[1].txt', 'b/y.txt', 'c.log']) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), '');
}
fs.symlinkSync(path.join(folder, 'a'), path.join(folder, 'b', 'link'));

const count = async (patterns: readonly string[], cwd = folder) =>
  (await countFiles(patterns, cwd, new AbortController().signal)).count;

test('what is counted is what the shell would remove', async () => {
  for (const pattern of [
    'a',
    'a/*',
    'a/*.log',
    '?/*.log',
    'b',
    'b/x*',
    '*.log',
    '[ab]',
    '[!a]',
    'none',
    'a/.h*',
    '*',
  ]) {
    const script = `shopt -s nullglob; for one in ${pattern}; do find "$one" ! -type d 2>/dev/null; done | wc -l`;
    const expected = Number(execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }));
    assert.equal(await count([pattern]), expected, pattern);
  }
});

test('a folder that is named twice counts once, and absolute paths need no folder', async () => {
  assert.equal(await count(['b', 'b']), 3);
  assert.equal(await count([path.join(folder, 'a', '*.log')], '/'), 2);
});

test('counting stops when nobody waits for it any more', async () => {
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(countFiles(['a'], folder, abort.signal));
});
