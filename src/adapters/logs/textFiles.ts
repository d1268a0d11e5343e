import fs from 'node:fs';
import path from 'node:path';
import type { TextFiles, TextSink } from '../../ports.ts';

const bufferChars = 256 * 1024;

/**
 * Writes as it goes, so that a source that cannot be paused (the engine's stream) fills a file and not the memory. The
 * file appears under its name when it is whole.
 */
export class NodeTextFiles implements TextFiles {
  async writeFile(file: string, fill: (sink: TextSink) => Promise<void> | void): Promise<void> {
    await fs.promises.mkdir(path.dirname(file), { recursive: true });
    const partial = `${file}.${process.pid}.partial`;
    const handle = fs.openSync(partial, 'w', 0o600);
    try {
      const sink = new FileSink(handle);
      await fill(sink);
      sink.flush();
      fs.closeSync(handle);
    } catch (error) {
      fs.closeSync(handle);
      await fs.promises.rm(partial, { force: true });
      throw error;
    }
    await fs.promises.rename(partial, file);
  }
}

class FileSink implements TextSink {
  private readonly handle: number;
  private parts: string[] = [];
  private length = 0;

  constructor(handle: number) {
    this.handle = handle;
  }

  write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
    if (this.length >= bufferChars) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.parts.join(''));
    this.parts = [];
    this.length = 0;
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(this.handle, bytes, at);
  }
}
