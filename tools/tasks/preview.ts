// VS Code with the packaged extension on a folder of your choice (default: the current one), without the demo.
import path from 'node:path';
import { enterRun } from '../lib/run.ts';
import { showCockpit } from '../lib/showCockpit.ts';

const args = process.argv.slice(2);
const folder = args.find(argument => !argument.startsWith('--')) ?? process.env['INIT_CWD'] ?? process.cwd();
const run = await enterRun();
try {
  await showCockpit({ workspace: path.resolve(folder), opensBrowser: args.includes('--open') });
} finally {
  await run.end();
}
process.exit(0);
