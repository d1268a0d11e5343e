import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { thirdPartyNotices } from '../../tools/lib/thirdPartyNotices.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-notices-'));
after(() => fs.rmSync(root, { recursive: true }));

function install(folder: string, manifest: object, files: Readonly<Record<string, string>> = {}): void {
  const home = path.join(root, folder);
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(home, 'package.json'), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(home, name), text);
}

test('every bundled package is named once, with its license; what is not bundled is not', () => {
  const a = 'node_modules/a';
  install(
    a,
    { name: 'a', version: '1.0.0', license: 'MIT' },
    { LICENSE: 'words of a', 'NOTICE.md': 'and more' },
  );
  install(
    `${a}/node_modules/@b/c`,
    { name: '@b/c', version: '2.0.0', license: 'ISC' },
    { 'license.txt': 'words of c' },
  );
  install('node_modules/d', { name: 'd', version: '3.0.0', license: 'MIT', author: { name: 'Ada' } });
  install('node_modules/e', { name: 'e', version: '4.0.0', license: 'MIT' }, { LICENSE: 'words of e' });
  const text = thirdPartyNotices(root, [
    'src/extension.ts',
    'empty:ssh2',
    'node_modules/a/lib/x.js',
    'node_modules/a/lib/y.js',
    'node_modules/a/node_modules/@b/c/index.js',
    'node_modules/d/d.js',
  ]);
  const names = [...text.matchAll(/^(\S+ \d\.0\.0) \(/gm)].map(([, name]) => name);
  assert.deepEqual(names, ['a 1.0.0', '@b/c 2.0.0', 'd 3.0.0']);
  for (const words of ['words of a', 'and more', 'words of c', 'By Ada.'])
    assert.ok(text.includes(words), words);
});
