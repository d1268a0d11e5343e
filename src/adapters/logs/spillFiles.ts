import fs from 'node:fs';
import path from 'node:path';
import type { LogSpill, LogSpills } from '../../ports.ts';

const readBytes = 256 * 1024;

export interface SpillLimits {
  readonly segmentBytes: number;
  /** Per source; the oldest gives way. */
  readonly maxSegments: number;
}

const defaultLimits: SpillLimits = { segmentBytes: 16 * 1024 * 1024, maxSegments: 8 };

interface Segment {
  readonly file: string;
  handle: number | undefined;
  bytes: number;
  lines: number;
}

/**
 * Old lines in files of this process' own folder, which goes when nobody needs it; what a killed process left is
 * deleted by the next one.
 */
export class SpillFiles implements LogSpills {
  private readonly folder: string;
  private readonly limits: SpillLimits;
  private readonly opened = new Set<FileSpill>();
  private count = 0;

  /** @param root private to this extension; holds nothing but spill folders, named after processes */
  constructor(root: string, limits = defaultLimits) {
    this.folder = path.join(root, String(process.pid));
    this.limits = limits;
    removeLeftovers(root);
  }

  open(): LogSpill {
    const spill = new FileSpill(path.join(this.folder, `${++this.count}`), this.limits, () => {
      this.opened.delete(spill);
      if (this.opened.size === 0 && fs.existsSync(this.folder)) fs.rmSync(this.folder, { recursive: true });
    });
    this.opened.add(spill);
    return spill;
  }

  dispose(): void {
    for (const spill of [...this.opened]) spill.dispose();
  }
}

class FileSpill implements LogSpill {
  private readonly base: string;
  private readonly limits: SpillLimits;
  private readonly onEnd: () => void;
  private segments: Segment[] = [];
  private made = 0;
  private dropped = 0;
  private isOver = false;

  constructor(base: string, limits: SpillLimits, onEnd: () => void) {
    this.base = base;
    this.limits = limits;
    this.onEnd = onEnd;
  }

  get lines(): number {
    return this.segments.reduce((sum, segment) => sum + segment.lines, 0);
  }

  get droppedLines(): number {
    return this.dropped;
  }

  append(text: string, lines: number): void {
    if (this.isOver) return;
    const bytes = Buffer.from(text);
    const segment = this.segmentFor(bytes.length);
    try {
      segment.handle ??= create(segment.file);
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(segment.handle, bytes, at);
      segment.bytes += bytes.length;
      segment.lines += lines;
    } catch {
      // A full disk costs old lines, never the log itself.
      this.dropped += lines;
    }
  }

  async *read(): AsyncGenerator<string> {
    for (const { file } of [...this.segments]) {
      const handle = await fs.promises.open(file, 'r').catch(() => undefined);
      if (handle === undefined) continue;
      try {
        yield* textOf(handle);
      } finally {
        await handle.close();
      }
    }
  }

  dispose(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const segment of this.segments) remove(segment);
    this.segments = [];
    this.onEnd();
  }

  private segmentFor(bytes: number): Segment {
    const last = this.segments.at(-1);
    if (last !== undefined && (last.bytes === 0 || last.bytes + bytes <= this.limits.segmentBytes))
      return last;
    const next = { file: `${this.base}-${++this.made}.log`, handle: undefined, bytes: 0, lines: 0 };
    this.segments.push(next);
    while (this.segments.length > this.limits.maxSegments) {
      const oldest = this.segments.shift();
      if (oldest === undefined) break;
      this.dropped += oldest.lines;
      remove(oldest);
    }
    return next;
  }
}

/** Pieces of whole lines. */
async function* textOf(handle: fs.promises.FileHandle): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const buffer = new Uint8Array(readBytes);
  let rest = '';
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, readBytes, null);
    if (bytesRead === 0) break;
    rest += decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
    const end = rest.lastIndexOf('\n') + 1;
    if (end > 0) yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (rest !== '') yield `${rest}\n`;
}

function create(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return fs.openSync(file, 'wx', 0o600);
}

function remove({ file, handle }: Segment): void {
  // Without a handle it was never made.
  if (handle === undefined) return;
  fs.closeSync(handle);
  fs.rmSync(file, { force: true });
}

function removeLeftovers(root: string): void {
  try {
    for (const name of fs.readdirSync(root)) {
      if (!isAlive(Number(name))) fs.rmSync(path.join(root, name), { recursive: true, force: true });
    }
  } catch {
    // Nothing was left, or it cannot be deleted; the next window tries again.
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
