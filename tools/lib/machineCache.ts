import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Folder for what is dear to make and the same for every clone on this machine; safe to delete. */
export function cacheFolder(): string {
  const chosen = process.env['WATCHKEEPER_CACHE'];
  // As root not below /root, which servers that drop root's rights cannot enter.
  const folder =
    chosen ??
    (process.getuid?.() === 0
      ? '/var/tmp/watchkeeper-cache'
      : path.join(os.homedir(), '.cache', 'watchkeeper'));
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** Folder `name` of the cache, made once by `make` (into an empty folder that is then renamed, so never half done). */
export async function inCache(name: string, make: (folder: string) => Promise<void> | void): Promise<string> {
  const target = path.join(cacheFolder(), name);
  if (fs.existsSync(target)) return target;
  const temporary = `${target}.${randomUUID()}`;
  fs.mkdirSync(temporary);
  try {
    await make(temporary);
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { recursive: true, force: true });
    // Another process may have been faster.
    if (!fs.existsSync(target)) throw error;
  }
  return target;
}
