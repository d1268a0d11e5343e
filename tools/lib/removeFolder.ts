import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Deletes a folder with all in it; a killed Docker engine leaves mounts there, which go first. */
export function removeFolder(folder: string): void {
  for (const mount of mountsBelow(folder)) spawnSync('umount', ['--lazy', mount], { stdio: 'ignore' });
  if (mountsBelow(folder).length > 0) {
    console.error(`${folder} still has mounts, so it stays: ${mountsBelow(folder).join(', ')}`);
    return;
  }
  try {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    console.error(`Could not delete ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Deepest first. */
function mountsBelow(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  const points = fs
    .readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '');
  return points.filter(point => point.startsWith(`${folder}/`)).reverse();
}
