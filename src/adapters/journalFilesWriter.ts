import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { errorText, isUserError, UserError } from '../base/errors.ts';

const open = promisify(fs.open);
const close = promisify(fs.close);
const fdatasync = promisify(fs.fdatasync);
const fsync = promisify(fs.fsync);
const ftruncate = promisify(fs.ftruncate);
const write = promisify(fs.write) as (fd: number, bytes: Uint8Array, offset: number) => Promise<WriteResult>;

interface WriteResult {
  readonly bytesWritten: number;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * This window's own file of one incident. Everything that gathers while the disk is busy goes out in one write and
 * one sync as soon as it is free: faster than a timer for one caller and for a thousand.
 */
export class JournalFileWriter {
  private readonly file: string;
  private fd: number | undefined;
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  /** Bytes of whole, synced lines; what lies beyond after a failure is torn. */
  private goodLength = 0;
  private isTailTorn = false;
  private isClosed = false;

  constructor(file: string) {
    this.file = file;
  }

  append(lines: readonly string[]): Promise<void> {
    if (this.isClosed) return Promise.reject(new UserError('The incident journal is closed.'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ bytes: Buffer.from(`${lines.join('\n')}\n`), resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when everything asked for before is on disk or refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
    if (this.fd !== undefined) await close(this.fd).catch(() => undefined);
    this.fd = undefined;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.commit(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        const refusal = toSaveError(error);
        // Those that queued up behind build on lines that are not there: they are refused as well.
        for (const { reject } of [...batch, ...this.waiting.splice(0)]) reject(refusal);
      }
    }
    this.running = undefined;
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const fd = await this.opened();
    await this.mendTail(fd);
    const bytes =
      batch.length === 1 && batch[0] ? batch[0].bytes : Buffer.concat(batch.map(item => item.bytes));
    this.isTailTorn = true;
    for (let done = 0; done < bytes.length; ) done += (await write(fd, bytes, done)).bytesWritten;
    await fdatasync(fd);
    this.isTailTorn = false;
    this.goodLength += bytes.length;
    if (fs.fstatSync(fd).nlink === 0) await this.abandon();
  }

  /** A half-written line is cut off before the next one, so that the two can never become one. */
  private async mendTail(fd: number): Promise<void> {
    if (!this.isTailTorn) return;
    await ftruncate(fd, this.goodLength);
    this.isTailTorn = false;
  }

  private async opened(): Promise<number> {
    if (this.fd !== undefined) return this.fd;
    const folder = path.dirname(this.file);
    await makeFolder(folder);
    // Exclusive: a writer's file is never continued by another process.
    this.fd = await open(this.file, 'ax', 0o600);
    await syncFolder(folder);
    return this.fd;
  }

  /** The file was deleted under us: what was "written" is gone with it. */
  private async abandon(): Promise<void> {
    const { fd } = this;
    this.fd = undefined;
    this.goodLength = 0;
    if (fd !== undefined) await close(fd);
    throw new UserError('The incident journal was deleted while it was being written.');
  }
}

/** Level by level: the recursive call says of a read-only disk that the folder does not exist. */
async function makeFolder(folder: string, isLastTry = false): Promise<void> {
  try {
    await fs.promises.mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Another window may have made it meanwhile.
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || isLastTry) throw error;
    await makeFolder(path.dirname(folder));
    await makeFolder(folder, true);
  }
}

/** A new name survives a power cut only when its folder is synced; not every system can open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const fd = await open(folder, 'r').catch(() => undefined);
  if (fd === undefined) return;
  await fsync(fd).catch(() => undefined);
  await close(fd).catch(() => undefined);
}

function toSaveError(error: unknown): UserError {
  if (isUserError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code] ?? errorText(error);
  return new UserError(`The incident journal cannot be saved: ${reason}.`, undefined, { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file has reached the size limit',
  EACCES: 'there is no permission to write to its folder',
  EPERM: 'there is no permission to write to its folder',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an error',
};
