import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Private files that a shell reads a statement from; readable by the user alone, gone with the session. */
export class ScriptFiles {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async write(text: string): Promise<string> {
    await fs.mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = this.pathFor('sh');
    await fs.writeFile(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  }

  pathFor(extension: string): string {
    return path.join(this.folder, `step-${randomUUID().slice(0, 8)}.${extension}`);
  }

  async remove(...files: readonly string[]): Promise<void> {
    await Promise.all(files.map(file => fs.rm(file, { force: true })));
  }

  /** Text of a file that may not be there yet. */
  async readIfThere(file: string): Promise<string | undefined> {
    try {
      return await fs.readFile(file, 'utf8');
    } catch {
      return undefined;
    }
  }
}
