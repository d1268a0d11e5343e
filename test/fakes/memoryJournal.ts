import { createHash } from 'node:crypto';
import { Emitter } from '../../src/base/emitter.ts';
import type { JournalCursor, JournalStore } from '../../src/ports.ts';

/** Journals of any number of windows that share one `MemoryDisk`. */
export class MemoryDisk {
  readonly files = new Map<string, string[]>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly written = new Emitter<{ readonly incidentId: string; readonly writerId: string }>();
  /** Set to make every append fail with it. */
  failure: Error | undefined;
}

export class MemoryJournal implements JournalStore {
  readonly writerId: string;
  readonly onDidChangeOthers;
  private readonly disk: MemoryDisk;
  private readonly changed = new Emitter<string>();

  constructor(disk: MemoryDisk, writerId: string) {
    this.disk = disk;
    this.writerId = writerId;
    this.onDidChangeOthers = this.changed.event;
    disk.written.event(({ incidentId, writerId: other }) => {
      if (other !== writerId) this.changed.fire(incidentId);
    });
  }

  async listIncidents(): Promise<readonly string[]> {
    return [...new Set([...this.disk.files.keys()].map(key => key.split('/')[0] ?? ''))];
  }

  async read(
    incidentId: string,
    since: JournalCursor = {},
  ): Promise<{ lines: string[]; problems: string[]; cursor: JournalCursor }> {
    const lines: string[] = [];
    const cursor: Record<string, number> = {};
    for (const [key, all] of this.disk.files) {
      if (!key.startsWith(`${incidentId}/`)) continue;
      lines.push(...all.slice(since[key] ?? 0));
      cursor[key] = all.length;
    }
    return { lines, problems: [], cursor };
  }

  async append(incidentId: string, lines: readonly string[]): Promise<void> {
    await Promise.resolve();
    if (this.disk.failure) throw this.disk.failure;
    const key = `${incidentId}/${this.writerId}`;
    const file = this.disk.files.get(key) ?? [];
    file.push(...lines);
    this.disk.files.set(key, file);
    this.disk.written.fire({ incidentId, writerId: this.writerId });
  }

  async rewrite(incidentId: string, rewrite: (line: string) => string | undefined): Promise<void> {
    for (const [key, lines] of this.disk.files)
      if (key.startsWith(`${incidentId}/`))
        this.disk.files.set(
          key,
          lines.map(line => rewrite(line) ?? line),
        );
  }

  async putBlob(_incidentId: string, bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.disk.blobs.set(sha256, bytes);
    return sha256;
  }

  async readBlob(_incidentId: string, sha256: string): Promise<Uint8Array | undefined> {
    return this.disk.blobs.get(sha256);
  }

  async deleteBlob(_incidentId: string, sha256: string): Promise<void> {
    this.disk.blobs.delete(sha256);
  }
}
