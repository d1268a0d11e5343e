import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gitChangesSince } from '../../src/host/gitHistory.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-git-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const git = (...args: string[]) => spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });

test('settings of a repository start no program when its history is read', async () => {
  const proof = path.join(folder, 'started');
  const program = path.join(folder, 'evil.sh');
  fs.writeFileSync(program, `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 });
  git('init', '-q');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', 'first');
  const tree = git('rev-parse', 'HEAD^{tree}').stdout.trim();
  const signed = `tree ${tree}\nauthor a <a@example.com> ${Math.floor(Date.now() / 1000)} +0000\ncommitter a <a@example.com> ${Math.floor(Date.now() / 1000)} +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nsigned\n`;
  const made = spawnSync('git', ['-C', folder, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
    input: signed,
    encoding: 'utf8',
  });
  git('update-ref', 'HEAD', made.stdout.trim());
  git('config', 'log.showSignature', 'true');
  git('config', 'gpg.program', program);
  const changes = await gitChangesSince(folder, Date.now() - 3_600_000);
  assert.equal(changes.length, 1);
  assert.equal(fs.existsSync(proof), false);
  git('log', '-1');
  assert.equal(fs.existsSync(proof), true, 'the trap works when nobody guards against it');
});
