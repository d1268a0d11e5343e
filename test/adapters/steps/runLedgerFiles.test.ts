import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { RunLedgerFiles } from '../../../src/adapters/steps/runLedgerFiles.ts';
import type { RunningStep } from '../../../src/ports.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-ledger-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));

const step = (runId: string, startedAtMs = 1): RunningStep => ({
  runId,
  startedAtMs,
  stepId: 'step:a.md#1',
  title: 'Restart',
  file: 'a.md',
  line: 3,
  risk: 'change',
  mode: 'once',
  command: 'systemctl restart web',
  services: ['web'],
});

test('what ended is forgotten; what a window left running is given to the next one on its workspace, once', async () => {
  const folder = path.join(root, 'reload');
  const before = new RunLedgerFiles(folder, '/shop');
  before.begin(step('run-a-1', 20));
  before.begin(step('run-a-2', 10));
  const ended = { ...step('run-a-2', 10), ended: { exitCode: 0, tookMs: 700 } };
  before.begin(ended);
  before.begin(step('run-a-3'));
  before.end('run-a-3');
  const here = new RunLedgerFiles(folder, '/shop');
  assert.deepEqual(await here.takeLost(), [], 'the other window is still there');
  before.dispose();
  assert.deepEqual(await new RunLedgerFiles(folder, '/other').takeLost(), []);
  assert.deepEqual(await here.takeLost(), [ended, step('run-a-1', 20)]);
  assert.deepEqual(await here.takeLost(), []);
});

test('a window that was killed said nothing, and its steps are lost all the same', async () => {
  const folder = path.join(root, 'killed');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  fs.mkdirSync(folder);
  const page = { workspace: '/shop', pid, step: step('run-b-1') };
  fs.writeFileSync(path.join(folder, 'run-b-1.json'), JSON.stringify(page));
  fs.writeFileSync(path.join(folder, 'torn.json'), '{"workspace":"/shop","pi');
  fs.writeFileSync(path.join(folder, 'strange.json'), '{"workspace":"/shop","pid":0,"step":{"runId":1}}');
  assert.deepEqual(await new RunLedgerFiles(folder, '/shop').takeLost(), [step('run-b-1')]);
});

test('pages are for the user alone', () => {
  const folder = path.join(root, 'private');
  new RunLedgerFiles(folder, '/shop').begin(step('run-c-1'));
  assert.equal(fs.statSync(path.join(folder, 'run-c-1.json')).mode & 0o077, 0);
});
