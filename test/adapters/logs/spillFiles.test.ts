import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { SpillFiles } from '../../../src/adapters/logs/spillFiles.ts';
import type { LogSpill } from '../../../src/ports.ts';

function tempFolder(t: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-spill-'));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function textOf(spill: LogSpill): Promise<string> {
  let text = '';
  for await (const piece of spill.read()) text += piece;
  return text;
}

const bytesBelow = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);

test('lines come back in order, and nothing is on the disk before the first and after the end', async t => {
  const root = tempFolder(t);
  const files = new SpillFiles(root);
  const spill = files.open();
  assert.deepEqual(fs.readdirSync(root), []);
  spill.append('one ü\n', 1);
  spill.append('two\nthree\n', 2);
  assert.equal(await textOf(spill), 'one ü\ntwo\nthree\n');
  assert.deepEqual([spill.lines, spill.droppedLines], [3, 0]);
  spill.dispose();
  spill.dispose();
  assert.deepEqual(fs.readdirSync(root), []);
});

test('the size is bounded: the oldest segment gives way and is counted', async t => {
  const root = tempFolder(t);
  const files = new SpillFiles(root, { segmentBytes: 100, maxSegments: 3 });
  const spill = files.open();
  for (let i = 0; i < 100; i++) spill.append(`line ${String(i).padStart(3, '0')}\n`, 1);
  assert.ok(bytesBelow(root) <= 300);
  assert.equal(spill.lines + spill.droppedLines, 100);
  const text = await textOf(spill);
  assert.equal(text.split('\n').length - 1, spill.lines);
  assert.ok(text.endsWith('line 099\n'));
  files.dispose();
  assert.deepEqual(fs.readdirSync(root), []);
});

test('only its owner may read it, and what a killed process left goes with the next one', async t => {
  const root = tempFolder(t);
  fs.mkdirSync(path.join(root, '999999999'));
  fs.writeFileSync(path.join(root, '999999999', '1-1.log'), 'left behind\n');
  fs.mkdirSync(path.join(root, String(process.ppid)));
  const files = new SpillFiles(root);
  const spill = files.open();
  spill.append('one\n', 1);
  const own = path.join(root, String(process.pid));
  assert.deepEqual(fs.readdirSync(root).sort(), [String(process.pid), String(process.ppid)].sort());
  assert.equal(fs.statSync(own).mode & 0o777, 0o700);
  assert.equal(fs.statSync(path.join(own, fs.readdirSync(own)[0] ?? '')).mode & 0o777, 0o600);
  files.dispose();
});

test('a disk that cannot be written to costs old lines only', t => {
  const root = tempFolder(t);
  fs.rmSync(root, { recursive: true });
  fs.writeFileSync(root, 'a file where a folder should be');
  const spill = new SpillFiles(root).open();
  spill.append('one\n', 1);
  assert.deepEqual([spill.lines, spill.droppedLines], [0, 1]);
  spill.dispose();
});
