import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fallbackScript } from '../../../src/domain/runbook/fallbackScript.ts';
import { exportLines, quoteWord } from '../../../src/domain/runbook/sendPlan.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-fallback-'));
after(() => fs.rmSync(base, { recursive: true, force: true }));
const awkward = path.join(base, "Application Support; it's $(touch proof)");
fs.mkdirSync(awkward);

function write(name: string, statement: string, isCaptured: boolean) {
  const file = (extension: string) => path.join(awkward, `${name}.${extension}`);
  const files = { step: file('sh'), out: file('out'), code: file('code'), pipe: file('pipe') };
  fs.writeFileSync(files.step, `${statement}\n`);
  fs.writeFileSync(file('wrap'), fallbackScript(files, isCaptured));
  return { ...files, line: `. ${quoteWord(file('wrap'))}` };
}

test('output and exit code come back from a folder with blanks and quotes in its name', () => {
  for (const isCaptured of [true, false]) {
    const files = write(`plain-${isCaptured}`, 'echo hello; (exit 3)', isCaptured);
    spawnSync('sh', ['-c', files.line], { cwd: base });
    assert.equal(fs.readFileSync(files.code, 'utf8'), '3\n');
    if (isCaptured) assert.equal(fs.readFileSync(files.out, 'utf8'), 'hello\n');
  }
  assert.deepEqual(fs.readdirSync(base), [path.basename(awkward)]);
});

test('a shell that watches jobs tells of none, and what stays in the background holds nothing up', () => {
  const quiet = write('quiet', 'echo hello; (exit 3)', true);
  const bash = spawnSync('bash', ['--norc', '-m', '-c', `${quiet.line}; true`], {
    cwd: base,
    encoding: 'utf8',
  });
  assert.equal(bash.stdout, 'hello\n');
  assert.doesNotMatch(bash.stderr, /\[\d+\]|Done|tee/);
  assert.equal(fs.readFileSync(quiet.code, 'utf8'), '3\n');
  const left = write('left', 'sleep 20 & echo started', true);
  const startedMs = performance.now();
  const sh = spawnSync('sh', ['-c', left.line], { cwd: base, stdio: 'ignore' });
  assert.ok(performance.now() - startedMs < 15_000);
  assert.equal(sh.status, 0);
  assert.equal(fs.readFileSync(left.code, 'utf8'), '0\n');
  assert.equal(fs.readFileSync(left.out, 'utf8'), 'started\n');
});

test('an interrupted statement leaves its code in that folder too', async () => {
  const files = write('interrupted', 'kill -INT $$; sleep 0.1', false);
  const child = spawn('sh', ['-c', `${files.line}\n`], { cwd: base, stdio: 'ignore' });
  await once(child, 'exit');
  await sleep(10);
  assert.match(fs.readFileSync(files.code, 'utf8'), /^(?:130|0)\n$/);
  assert.deepEqual(fs.readdirSync(base), [path.basename(awkward)]);
});

test('a variable is set to exactly its value, and only names are taken as names', () => {
  const value = 'it\'s $(id) `id`\n"x"; exit 9';
  const { stdout } = spawnSync('sh', ['-c', `${exportLines({ A_1: value }, 'sh')}\nprintf %s "$A_1"`], {
    encoding: 'utf8',
  });
  assert.equal(stdout, value);
  for (const name of ['A=1;touch proof;B', 'A B', '', '1A', 'A$(id)', 'A\nB', 'a-b'])
    assert.throws(() => exportLines({ [name]: 'x' }, 'sh'), RangeError, name);
});
