import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension.ts';
import { test } from './harness.ts';

const settleMs = 2_000;
const watchedMs = 12_000;

test('with nothing to watch the clients of the outside world are not even read from disk', async () => {
  const extension = vscode.extensions.getExtension<TestAccess>('watchkeeper.watchkeeper');
  const access = (await extension?.activate()) ?? assert.fail('no access for tests');
  const { services } = await access.cockpit;
  await services.catalog.reload();
  assert.deepEqual(services.monitor.configured(), []);
  const loaded = Object.keys(require.cache).filter(file => file.startsWith(ownFolder()));
  assert.ok(
    loaded.some(file => file.endsWith('cockpit.cjs')),
    `the test would see our bundles: ${loaded}`,
  );
  assert.deepEqual(
    loaded.filter(file => /(?:adapters|kubernetes)\.cjs$/.test(file)),
    [],
  );
});

test('no timer is set while there is nothing to watch', async () => {
  // Reading the workspace and painting the views end some time after the opening; only then it has to be quiet.
  for (let settling = 0; settling < 20 && (await timersWithin(settleMs)).length > 0; settling++);
  assert.deepEqual(await timersWithin(watchedMs), []);
}, 90_000);

/** Where in our bundles timers are set in the time that follows. */
async function timersWithin(ms: number): Promise<readonly string[]> {
  const places: string[] = [];
  const restore = noteTimers(places);
  try {
    await new Promise<void>(resolve => restore.original(resolve, ms));
  } finally {
    restore.undo();
  }
  return places;
}

/** Where in our bundles a timer was set. */
function noteTimers(places: string[]) {
  const { setTimeout: later, setInterval: often } = globalThis;
  const note = () => {
    const place = new Error('timer').stack?.split('\n').filter(line => line.includes(ownFolder()));
    if (place !== undefined && place.length > 0) places.push(place.join('\n'));
  };
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof later>) => {
    note();
    return later(...args);
  }, later) as typeof later;
  globalThis.setInterval = Object.assign((...args: Parameters<typeof often>) => {
    note();
    return often(...args);
  }, often) as typeof often;
  return {
    original: later,
    undo: () => {
      globalThis.setTimeout = later;
      globalThis.setInterval = often;
    },
  };
}

function ownFolder(): string {
  const extension = vscode.extensions.getExtension('watchkeeper.watchkeeper');
  return vscode.Uri.joinPath(extension?.extensionUri ?? assert.fail('no extension'), 'dist').fsPath;
}
