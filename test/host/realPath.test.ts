import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { leadsOutside } from '../../src/host/realPath.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-real-'));
after(() => fs.rmSync(base, { recursive: true, force: true }));

test('a link on the way out is seen, also where the file is not there yet', async () => {
  const [folder, outside] = [path.join(base, 'w'), path.join(base, 'outside')];
  fs.mkdirSync(path.join(folder, 'docs'), { recursive: true });
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, 'secret'), 'x');
  fs.symlinkSync(outside, path.join(folder, 'out'));
  fs.symlinkSync(path.join(outside, 'secret'), path.join(folder, 'file.md'));
  fs.symlinkSync('../../outside/new.md', path.join(folder, 'docs', 'dangling.md'));
  fs.symlinkSync('docs', path.join(folder, 'inner'));
  fs.symlinkSync(folder, path.join(base, 'linked'));
  const rows: readonly (readonly [string, boolean])[] = [
    ['docs/a.md', false],
    ['new/deep/a.md', false],
    ['inner/a.md', false],
    ['..name/a.md', false],
    ['out/a.md', true],
    ['out/new/a.md', true],
    ['file.md', true],
    ['docs/dangling.md', true],
  ];
  for (const [file, isOut] of rows)
    for (const root of [folder, path.join(base, 'linked')])
      assert.equal(await leadsOutside(root, path.join(root, file)), isOut, `${file} in ${root}`);
});
