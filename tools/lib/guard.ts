// Started once by a process that owns runs (run.ts), with its standard input as a lifeline: lines add and drop runs,
// and its end, however the owner ended, clears away every run that was not dropped.
import { createInterface } from 'node:readline';
import { endRun } from './processMark.ts';
import { removeFolder } from './removeFolder.ts';

const folders = new Map<string, string>();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
const lines = createInterface({ input: process.stdin });
lines.on('line', line => {
  const [verb, id = '', folder = ''] = line.split('\t');
  if (verb === 'add') folders.set(id, folder);
  else folders.delete(id);
});
lines.once('close', async () => {
  await Promise.all([...folders.keys()].map(id => endRun(id)));
  for (const folder of folders.values()) removeFolder(folder);
  process.exit(0);
});
