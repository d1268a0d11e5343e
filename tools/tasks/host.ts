// Suites inside a real VS Code. `--floor` takes the oldest supported one, `--desktop` downloads the desktop build.

import { buildExtension } from '../lib/build.ts';
import { closeRun } from '../lib/closeRun.ts';
import { type HostKind, runHostSuites } from '../lib/hostSuites.ts';
import { enterRun } from '../lib/run.ts';

const run = await enterRun();
const args = process.argv.slice(2);
const kind: HostKind = args.includes('--floor')
  ? 'floor'
  : args.includes('--desktop')
    ? 'desktop'
    : 'current';
await buildExtension();
const { passed, failed, notRun } = await runHostSuites({
  kind,
  filters: args.filter(arg => !arg.startsWith('--')),
});
for (const reason of notRun) console.log(`did not run: ${reason}`);
const left = await closeRun(run);
console.log(`${passed} passed, ${failed + left} failed`);
process.exit(failed + left === 0 ? 0 : 1);
