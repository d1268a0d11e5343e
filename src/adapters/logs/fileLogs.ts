import fs from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogFileSink, LogFiles } from '../../ports.ts';

const chunkBytes = 64 * 1024;

interface Reading {
  handle: fs.FileHandle;
  inode: bigint;
  position: number;
}

/**
 * Follows by looking at name, inode and size every `pollMs`: that works on every file system and sees both manners of
 * rotation. What is written to a renamed file up to the next look is still read from it.
 */
export class PolledLogFiles implements LogFiles {
  private readonly pollMs: number;

  constructor(pollMs = 250) {
    this.pollMs = pollMs;
  }

  async follow(
    path: string,
    options: { readonly lastBytes: number },
    sink: LogFileSink,
    signal: AbortSignal,
  ): Promise<void> {
    const reading = await open(path);
    const { size } = await reading.handle.stat();
    reading.position = Math.max(0, size - options.lastBytes);
    if (reading.position > 0) await skipToNextLine(reading);
    try {
      while (!signal.aborted) {
        await drain(reading, sink, signal);
        await wait(this.pollMs, undefined, { signal }).catch(() => undefined);
        if (!signal.aborted) await this.look(path, reading, sink, signal);
      }
    } finally {
      await reading.handle.close();
    }
  }

  private async look(path: string, reading: Reading, sink: LogFileSink, signal: AbortSignal): Promise<void> {
    const { size } = await reading.handle.stat();
    if (size < reading.position) {
      reading.position = 0;
      sink.rotated('truncated');
    }
    // Between rename and creation there is no file of that name; the old one may still be written to.
    const named = await fs.stat(path, { bigint: true }).catch(() => undefined);
    if (named === undefined || named.ino === reading.inode) return;
    await drain(reading, sink, signal);
    const next = await open(path);
    await reading.handle.close();
    Object.assign(reading, next);
    sink.rotated('replaced');
  }
}

async function open(path: string): Promise<Reading> {
  const handle = await fs.open(path, 'r');
  const { ino } = await handle.stat({ bigint: true });
  return { handle, inode: ino, position: 0 };
}

async function drain(reading: Reading, sink: LogFileSink, signal: AbortSignal): Promise<void> {
  const buffer = new Uint8Array(chunkBytes);
  while (!signal.aborted) {
    const { bytesRead } = await reading.handle.read(buffer, 0, chunkBytes, reading.position);
    if (bytesRead === 0) return;
    reading.position += bytesRead;
    // A copy: the sink may keep the newline positions of a chunk by its identity.
    sink.chunk(buffer.slice(0, bytesRead));
  }
}

async function skipToNextLine(reading: Reading): Promise<void> {
  const buffer = new Uint8Array(chunkBytes);
  const { bytesRead } = await reading.handle.read(buffer, 0, chunkBytes, reading.position);
  const at = buffer.subarray(0, bytesRead).indexOf(10);
  if (at >= 0) reading.position += at + 1;
}
