import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Private files that a shell reads a statement from; readable by the user alone, gone with the session. They may hold
 * what a person typed, so that what a crash left behind is removed by the next session.
 */
export class ScriptFiles {
  readonly folder: string;

  /** `folder` is this process's own: its name is the process id, its neighbours are those of other windows. */
  constructor(folder: string) {
    this.folder = folder;
    sweep(path.dirname(folder), path.basename(folder));
  }

  /** Makes the folder, for a shell that is to write into it. */
  async prepare(): Promise<void> {
    await fs.promises.mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  async write(text: string, extension = 'sh'): Promise<string> {
    await this.prepare();
    const file = this.pathFor(extension);
    await fs.promises.writeFile(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  }

  pathFor(extension: string): string {
    return path.join(this.folder, `step-${randomUUID().slice(0, 8)}.${extension}`);
  }

  async remove(...files: readonly string[]): Promise<void> {
    await Promise.all(files.map(file => fs.promises.rm(file, { force: true })));
  }

  /** Text of a file that may not be there yet. */
  readIfThere(file: string): Promise<string | undefined> {
    return fs.promises.readFile(file, 'utf8').catch(() => undefined);
  }

  /** The first bytes of a file as text: a command may have printed more than memory holds. */
  async readStart(file: string, maxBytes: number): Promise<string | undefined> {
    const handle = await fs.promises.open(file).catch(() => undefined);
    if (handle === undefined) return undefined;
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  }

  dispose(): void {
    removeFolder(this.folder);
  }
}

function sweep(parent: string, own: string): void {
  for (const name of namesIn(parent))
    if (name !== own && /^\d+$/.test(name) && !isAlive(Number(name))) removeFolder(path.join(parent, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: alive as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // A shell may still hold a file on Windows; the next session tries again.
  }
}
