// Everything: installs what is missing, then types, unit tests, tests on real parts, suites inside VS Code (newest
// and oldest supported), and tests that drive the workbench.
import path from 'node:path';
import { buildExtension } from '../lib/build.ts';
import { ensureChromium } from '../lib/chromium.ts';
import { runHostSuites } from '../lib/hostSuites.ts';
import { runNodeTests, unitTestFiles } from '../lib/nodeTests.ts';
import { packageExtension } from '../lib/packageExtension.ts';
import { run as runProgram } from '../lib/process.ts';
import { enterRun } from '../lib/run.ts';
import { runStages, type Stage } from '../lib/stages.ts';
import { addTallies, EMPTY_TALLY, suiteFiles, type Tally } from '../lib/suites.ts';
import { ensureSystemParts, systemPartNames } from '../lib/systemParts.ts';
import { ensureVsCode } from '../lib/vscode.ts';

const run = enterRun();
const hostSuites =
  (kind: 'current' | 'floor', filters: readonly string[] = []) =>
  async () => {
    await buildExtension();
    return runHostSuites({ kind, filters });
  };
/** What depends on the editor's age: that it starts, terminals and shell integration, and the main job end to end. */
const floorSuites = ['smoke.host', 'terminals.host', 'story.host'];

const stages: readonly Stage[] = [
  { title: 'System parts', run: () => ensureSystemParts(systemPartNames).then(() => undefined) },
  { title: 'VS Code and Chromium', run: installBrowserAndEditors },
  { title: 'Types', run: checkTypes },
  { title: 'Unit tests', run: () => runNodeTests(unitTestFiles(), { isQuiet: true }) },
  { title: 'Real parts', run: testOnRealParts },
  { title: 'Inside VS Code', run: hostSuites('current') },
  { title: 'Inside VS Code 1.99', run: hostSuites('floor', floorSuites) },
  { title: 'In the workbench', run: driveWorkbench },
];

const { passed, failed } = await runStages(stages);
await run.end();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function installBrowserAndEditors(): Promise<undefined> {
  await ensureVsCode('current');
  await ensureVsCode('floor');
  await ensureChromium();
}

/**
 * Two rows side by side, each file after file: what waits for processes and pages, and what works with the engine.
 * Both wait most of their time, so two cores carry them.
 */
async function testOnRealParts(): Promise<Tally> {
  const files = suiteFiles('real', '.test.ts', []);
  const isApart = (file: string) => /[\\/](launcher\.test|incident[\\/]|webview[\\/])/.test(file);
  const rows = [files.filter(isApart), files.filter(file => !isApart(file))];
  return addTallies(await Promise.all(rows.map(row => runNodeTests(row, { concurrency: 1 }))));
}

async function checkTypes(): Promise<Tally> {
  const code = await runProgram(process.execPath, [path.join(import.meta.dirname, 'check.ts')]);
  return code === 0 ? { ...EMPTY_TALLY, passed: 1 } : { ...EMPTY_TALLY, failed: 1 };
}

async function driveWorkbench(): Promise<Tally> {
  const vsix = await packageExtension(path.join(run.folder, 'watchkeeper.vsix'));
  return runNodeTests(suiteFiles('ui', '.ui.ts', []), { concurrency: 1, env: { WATCHKEEPER_VSIX: vsix } });
}
