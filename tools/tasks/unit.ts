// Unit tests on Node's own test runner. Arguments are paths to run instead of all.
import { runNodeTests, unitTestFiles } from '../lib/nodeTests.ts';

const wanted = process.argv.slice(2);
const { passed, failed } = await runNodeTests(wanted.length > 0 ? wanted : unitTestFiles());
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
