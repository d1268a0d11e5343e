// Tests that drive the real workbench with the packaged extension. Pictures go to test-results/ui/.

import path from 'node:path';
import { closeRun } from '../lib/closeRun.ts';
import { runNodeTests } from '../lib/nodeTests.ts';
import { packageExtension } from '../lib/packageExtension.ts';
import { enterRun } from '../lib/run.ts';
import { suiteFiles } from '../lib/suites.ts';

const run = await enterRun();
const vsix = await packageExtension(path.join(run.folder, 'watchkeeper.vsix'));
const files = suiteFiles('ui', '.ui.ts', process.argv.slice(2));
const { passed, failed } = await runNodeTests(files, { concurrency: 1, env: { WATCHKEEPER_VSIX: vsix } });
const left = await closeRun(run);
console.log(`${passed} passed, ${failed + left} failed`);
process.exit(failed + left === 0 ? 0 : 1);
