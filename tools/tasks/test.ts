// Everything: installs what is missing, then types, unit tests, tests on real parts, suites inside VS Code (newest
// and oldest supported), and tests that drive the workbench.
import path from 'node:path';
import { ensureChromium } from '../lib/chromium.ts';
import { closeRun } from '../lib/closeRun.ts';
import { runHostSuites } from '../lib/hostSuites.ts';
import { runNodeTests, unitTestFiles } from '../lib/nodeTests.ts';
import { packageExtension } from '../lib/packageExtension.ts';
import { run as runProgram } from '../lib/process.ts';
import { enterRun } from '../lib/run.ts';
import { type Phase, runPhases } from '../lib/stages.ts';
import { EMPTY_TALLY, suiteFiles, type Tally } from '../lib/suites.ts';
import { ensureSystemParts, systemPartNames } from '../lib/systemParts.ts';
import { ensureVsCode } from '../lib/vscode.ts';

const run = await enterRun();
const startedMs = performance.now();
const vsix = path.join(run.folder, 'watchkeeper.vsix');
/** What depends on the editor's age: that it starts, terminals and shell integration, and the main job end to end. */
const floorSuites = ['smoke.host', 'terminals.host', 'story.host'];

// Installing waits for the disk, the rest mostly for processes and pages: two rows of like length keep two cores busy.
const phases: readonly Phase[] = [
  [[{ title: 'System parts', run: () => ensureSystemParts(systemPartNames).then(() => undefined) }]],
  [
    [
      { title: 'VS Code and Chromium', run: installBrowserAndEditors },
      { title: 'Package', run: () => packageExtension(vsix).then(() => undefined) },
    ],
    [
      { title: 'Types', run: checkTypes },
      { title: 'Unit tests', run: () => runNodeTests(unitTestFiles(), { isQuiet: true }) },
    ],
  ],
  [
    [
      { title: 'Real stores and engines', run: () => testOnRealParts(file => !waitsForPages(file)) },
      { title: 'In the workbench', run: driveWorkbench },
    ],
    [
      { title: 'Real processes and pages', run: () => testOnRealParts(waitsForPages) },
      { title: 'Inside VS Code', run: () => runHostSuites({ kind: 'current', filters: [] }) },
      { title: 'Inside VS Code 1.99', run: () => runHostSuites({ kind: 'floor', filters: floorSuites }) },
    ],
  ],
];

const { passed, failed } = await runPhases(phases);
const left = await closeRun(run);
const seconds = Math.round((performance.now() - startedMs) / 1000);
console.log(`${passed} passed, ${failed + left} failed in ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
process.exit(failed + left === 0 ? 0 : 1);

async function installBrowserAndEditors(): Promise<undefined> {
  await ensureVsCode('current');
  await ensureVsCode('floor');
  await ensureChromium();
}

function waitsForPages(file: string): boolean {
  return /[\\/](launcher\.test|incident[\\/]|webview[\\/])/.test(file);
}

/** File after file: the engine and the stores of one would slow down another's. */
function testOnRealParts(isMeant: (file: string) => boolean): Promise<Tally> {
  return runNodeTests(suiteFiles('real', '.test.ts', []).filter(isMeant), { concurrency: 1 });
}

async function checkTypes(): Promise<Tally> {
  const code = await runProgram(process.execPath, [path.join(import.meta.dirname, 'check.ts')]);
  return code === 0 ? { ...EMPTY_TALLY, passed: 1 } : { ...EMPTY_TALLY, failed: 1 };
}

function driveWorkbench(): Promise<Tally> {
  return runNodeTests(suiteFiles('ui', '.ui.ts', []), { concurrency: 1, env: { WATCHKEEPER_VSIX: vsix } });
}
