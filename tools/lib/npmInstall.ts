import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { step } from './progress.ts';

const TIME_LIMIT_MS = 300_000;

/**
 * `npm ci` in a sub-folder that has its own lock file, only when that lock differs from what was installed last.
 * A registry stall happens about once in 25 installs, so each try is bounded and there are two.
 */
export async function installLocked(folder: string, title: string): Promise<void> {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(folder, 'node_modules', '.watchkeeper-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  await step(title, async () => {
    const isInstalled = (await npmCi(folder)) || (await npmCi(folder));
    if (!isInstalled)
      throw new Error(
        `npm ci failed twice in ${folder}: check the network and the npm registry, then try again.`,
      );
    fs.writeFileSync(stamp, lock);
  });
}

function npmCi(folder: string): Promise<boolean> {
  const isWindows = process.platform === 'win32';
  return new Promise(resolve => {
    const child = spawn(
      isWindows ? 'npm.cmd' : 'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: TIME_LIMIT_MS, shell: isWindows },
    );
    child.once('error', () => resolve(false));
    child.once('exit', code => resolve(code === 0));
  });
}
