import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { yourName } from '../../src/host/identity.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-name-'));
after(() => fs.rmSync(base, { recursive: true, force: true }));

function repository(name: string): { readonly folder: string; readonly homeDir: string } {
  const folder = fs.mkdtempSync(path.join(base, 'repo-'));
  spawnSync('git', ['init', '-q', folder]);
  spawnSync('git', ['-C', folder, 'config', 'user.name', name]);
  return { folder, homeDir: base };
}

test('the setting wins, without blanks around it', async () => {
  assert.equal(await yourName('  Ada ', repository('Nobody')), 'Ada');
});

test('a trusted repository says who its user is; an untrusted one is not asked', async () => {
  const { folder, homeDir } = repository('Grace');
  assert.equal(await yourName('', { folder, homeDir }), 'Grace');
  assert.notEqual(await yourName('', { folder: undefined, homeDir }), 'Grace');
});

test('a name from a repository is one line of bounded length without control characters', async () => {
  const name = await yourName('', repository(`\u001b[31mGrace\u202e\n# Hopper ${'x'.repeat(500)}`));
  assert.match(name, /^\[31mGrace # Hopper x+$/);
  assert.equal(name.length, 80);
});

test('a program called git in the workspace is not started', async () => {
  const { folder, homeDir } = repository('Grace');
  const proof = path.join(base, 'started');
  fs.writeFileSync(path.join(folder, 'git'), `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 });
  const path0 = process.env['PATH'];
  process.env['PATH'] = `.:${path0}`;
  try {
    await yourName('', { folder, homeDir });
  } finally {
    process.env['PATH'] = path0;
  }
  assert.equal(fs.existsSync(proof), false);
});
