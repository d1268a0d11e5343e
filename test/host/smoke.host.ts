import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './harness.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

const extension = () => {
  const found = vscode.extensions.getExtension<unknown>('watchkeeper.watchkeeper');
  assert.ok(found, 'VS Code does not know the extension');
  return found;
};

test('the extension activates', async () => {
  await extension().activate();
  assert.equal(extension().isActive, true);
});

test('every command of the manifest is registered', async () => {
  const manifest: Manifest = extension().packageJSON;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = manifest.contributes.commands
    .map(({ command }) => command)
    .filter(id => !registered.has(id));
  assert.deepEqual(missing, []);
});
