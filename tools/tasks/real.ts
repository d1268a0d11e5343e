// Tests on real parts (redis, postgres, dockerd, VS Code), one file at a time: they share a small machine.
import { runNodeTests } from '../lib/nodeTests.ts';
import { enterRun } from '../lib/run.ts';
import { suiteFiles } from '../lib/suites.ts';

const run = enterRun();
const { passed, failed } = await runNodeTests(suiteFiles('real', '.test.ts', process.argv.slice(2)), {
  concurrency: 1,
});
console.log(`${passed} passed, ${failed} failed`);
await run.end();
process.exit(failed === 0 ? 0 : 1);
