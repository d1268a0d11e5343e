// Tests on real parts (redis, postgres, dockerd, VS Code), one file at a time: they share a small machine.
import { closeRun } from '../lib/closeRun.ts';
import { runNodeTests } from '../lib/nodeTests.ts';
import { enterRun } from '../lib/run.ts';
import { suiteFiles } from '../lib/suites.ts';

const run = await enterRun();
const { passed, failed } = await runNodeTests(suiteFiles('real', '.test.ts', process.argv.slice(2)), {
  concurrency: 1,
});
const left = await closeRun(run);
console.log(`${passed} passed, ${failed + left} failed`);
process.exit(failed + left === 0 ? 0 : 1);
