// Started by run.ts with its standard input as a lifeline: the input ends when the owner ends, however it ended.
import fs from 'node:fs';
import { endRun } from './processMark.ts';
import { removeFolder } from './removeFolder.ts';

const [id = '', folder = ''] = process.argv.slice(2);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
process.stdin.resume();
process.stdin.once('close', async () => {
  if (fs.existsSync(folder)) {
    await endRun(id);
    removeFolder(folder);
  }
  process.exit(0);
});
