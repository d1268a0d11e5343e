import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-disk-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
/** Mounts are seen by the test's own processes only, and go with them. */
const inOwnNamespace = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

function mayMount(): boolean {
  if (process.platform !== 'linux') return false;
  const mounted = spawnSync('unshare', [...inOwnNamespace, 'mount', '-t', 'tmpfs', 'none', folder]);
  return mounted.status === 0;
}

test('a disk that is read-only and then full is told each time, nothing is lost, and the journal is whole afterwards', t => {
  if (!mayMount()) return t.skip('this system lets no test mount a disk of its own');
  const script = path.join(import.meta.dirname, 'smallDisk.ts');
  const command = 'mount -t tmpfs -o size=160k none "$1" && exec "$2" "$3" "$1"';
  const run = spawnSync(
    'unshare',
    [...inOwnNamespace, 'sh', '-c', command, 'sh', folder, process.execPath, script],
    { encoding: 'utf8', timeout: 100_000 },
  );
  assert.equal(run.status, 0, run.stderr);
  const seen = JSON.parse(run.stdout);
  assert.deepEqual(seen.told, [
    'The incident journal cannot be saved: the file system is read-only.',
    null,
    'The incident journal cannot be saved: the disk is full.',
    null,
  ]);
  assert.ok(seen.duringFull.unsaved >= 3 && seen.duringFull.shown > seen.duringFull.unsaved);
  assert.deepEqual(seen.blobsWhenFull, [], 'half a piece of evidence was left behind');
  assert.deepEqual(seen.missing, []);
  assert.deepEqual(seen.journalProblems, []);
  assert.deepEqual(seen.problems, []);
  assert.equal(seen.evidence, 'last words\n'.repeat(2_000));
});
