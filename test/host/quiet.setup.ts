// A workspace in which there is nothing to watch: no configuration, no compose file, no runbook.
import fs from 'node:fs';
import path from 'node:path';
import type { SetupContext, SuiteSetup } from './setup.ts';

export async function setup({ folder }: SetupContext): Promise<SuiteSetup> {
  fs.writeFileSync(path.join(folder, 'README.md'), '# Nothing to watch\n');
  fs.writeFileSync(path.join(folder, 'main.py'), 'print("hello")\n');
  return { workspace: folder };
}
