import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ScriptFiles } from '../../../src/host/terminal/scriptFiles.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-scripts-'));
after(() => fs.rmSync(base, { recursive: true, force: true }));

test('scripts and their folder are for the user alone, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const files = new ScriptFiles(path.join(base, 'steps', String(process.pid)));
    const file = await files.write('export TOKEN=x');
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    assert.equal(fs.statSync(path.dirname(file)).mode & 0o777, 0o700);
    files.dispose();
    assert.equal(fs.existsSync(path.dirname(file)), false);
  } finally {
    process.umask(before);
  }
});

test('what a crashed session left is removed by the next one; a living one keeps its own', () => {
  const dead = spawnSync('true').pid;
  const parent = path.join(base, 'crashed');
  const folders = { dead: String(dead), alive: String(process.ppid), other: 'notes' };
  for (const name of Object.values(folders)) {
    fs.mkdirSync(path.join(parent, name), { recursive: true });
    fs.writeFileSync(path.join(parent, name, 'step-1.sh'), 'export TOKEN=x\n');
  }
  new ScriptFiles(path.join(parent, String(process.pid))).dispose();
  assert.deepEqual(fs.readdirSync(parent).sort(), [folders.alive, folders.other].sort());
});

test('of endless output only the start is read', async () => {
  const files = new ScriptFiles(path.join(base, 'big', String(process.pid)));
  const file = path.join(base, 'big.out');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, 3_000_000_000);
  assert.equal((await files.readStart(file, 1000))?.length, 1000);
  assert.equal(await files.readStart(path.join(base, 'absent'), 1000), undefined);
});
