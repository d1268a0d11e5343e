import fs from 'node:fs/promises';
import path from 'node:path';
import { type Clock, sleep } from '../base/clock.ts';

/** What is done under the lock takes milliseconds: whoever holds it longer has crashed or stands still. */
const staleMs = 2_000;
const retryMs = 15;

/**
 * Runs `action` while no other process runs one under the same lock, which is a folder beside the file: making one either
 * succeeds or tells that it is there. A lock that was left behind is broken after two seconds.
 */
export async function withFileLock<T>(file: string, clock: Clock, action: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  await fs.mkdir(path.dirname(file), { recursive: true });
  for (let waitedMs = 0; !(await isMade(lock)); waitedMs += retryMs) {
    if (waitedMs >= staleMs) {
      await fs.rm(lock, { recursive: true, force: true });
      waitedMs = 0;
      continue;
    }
    await sleep(clock, retryMs);
  }
  try {
    return await action();
  } finally {
    await fs.rm(lock, { recursive: true, force: true });
  }
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await fs.mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
