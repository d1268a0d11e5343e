import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { stepKey } from '../../src/ui/runbooks/runbooksModel.ts';
import { openCockpit } from './cockpitAccess.ts';
import { eventually, fromSetup, test } from './harness.ts';

test('an untrusted workspace shows its runbooks and runs none of their steps, by whatever way', async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  const cockpit = await openCockpit();
  const runbook = await eventually(() => cockpit.index.runbooks()[0], 20_000);
  const keys = runbook.steps.map(step => stepKey(runbook.file, step.id));
  assert.equal(keys.length, 2);
  for (const key of keys) {
    for (const command of ['runStep', 'sendStep', 'diagnoseRunbook', 'rehearseRunbook']) {
      const argument = command.endsWith('Runbook') ? `runbook:${runbook.file}` : key;
      void vscode.commands.executeCommand(`watchkeeper.${command}`, argument);
    }
    await assert.rejects(async () => cockpit.handlers.runStep(key), /untrusted/);
    await assert.rejects(async () => cockpit.handlers.sendStep(key), /untrusted/);
  }
  await assert.rejects(async () => cockpit.handlers.diagnoseRunbook(`runbook:${runbook.file}`), /untrusted/);
  await assert.rejects(async () => cockpit.handlers.rehearseRunbook(`runbook:${runbook.file}`), /untrusted/);
  await new Promise(resolve => setTimeout(resolve, 3000));
  assert.deepEqual(vscode.window.terminals, []);
  assert.deepEqual(cockpit.runbooks.runs.running, []);
  assert.equal(fs.existsSync(fromSetup('WK_TRACE')), false);
});
