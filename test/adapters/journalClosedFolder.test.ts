import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const script = path.join(import.meta.dirname, 'journal', 'closedFolder.ts');

test('a journal folder that may not be written or read is told in words, stops nothing, and loses nothing', async t => {
  if (process.platform === 'win32') return t.skip('Windows has no such permissions');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-closed-'));
  try {
    if (process.getuid?.() === 0) fs.chownSync(folder, 65534, 65534);
    const { stdout } = await promisify(execFile)(process.execPath, [script, folder], { timeout: 60_000 });
    const { notSaved, shown, saved, blind, partly, after } = JSON.parse(stdout);
    const noPermission = 'there is no permission to write to its folder';
    assert.equal(notSaved.problem, `The incident journal cannot be saved: ${noPermission}.`);
    // The declaration and the note are there for everybody to see, although only in memory.
    assert.deepEqual([notSaved.unsavedCount, shown], [2, 2]);
    assert.deepEqual(saved, { unsavedCount: 0 });
    assert.equal(blind.listed, 0);
    assert.match(blind.unreadable, /EACCES: permission denied/);
    assert.equal(blind.warnings.length, 1);
    assert.deepEqual(partly.listed, ['while it is closed']);
    assert.match(partly.unreadable, /^The folder of this incident cannot be read: EACCES/);
    for (const seen of after)
      assert.deepEqual(seen, {
        listed: ['before', 'while it is closed'],
        notes: ['kept in memory'],
        problems: [],
      });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
