import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Event } from '../base/emitter.ts';
import { isIncidentId } from '../domain/incident/ids.ts';
import type { JournalCursor, JournalStore } from '../ports.ts';
import { type JournalLines, journalFileName, namesIn, readJournalFolder } from './journalFilesReader.ts';
import { finishRewrites, rewriteJournals } from './journalFilesRewrite.ts';
import { JournalFilesWatcher } from './journalFilesWatcher.ts';
import { JournalFileWriter } from './journalFilesWriter.ts';

/**
 * Journals in `<folder>/incidents/<incident>/<writer>.ndjson`, evidence in `blobs/<sha256>` beside them. Keep it in
 * the extension's global storage, never in the workspace: raw evidence must not be committed by accident.
 */
export class JournalFiles implements JournalStore {
  readonly writerId: string;
  readonly onDidChangeOthers: Event<string>;
  private readonly root: string;
  private readonly watcher: JournalFilesWatcher;
  private rewriting: Promise<unknown> = Promise.resolve();
  private readonly writers = new Map<string, JournalFileWriter>();

  constructor(folder: string, writerId: string) {
    this.root = path.join(folder, 'incidents');
    this.writerId = writerId;
    this.watcher = new JournalFilesWatcher(this.root, journalFileName(writerId));
    this.onDidChangeOthers = this.watcher.onDidChange;
  }

  /** Starts to follow other windows. A folder that cannot be made is told by the first append. */
  async start(): Promise<void> {
    await fs.promises.mkdir(this.root, { recursive: true, mode: 0o700 }).catch(() => undefined);
    this.watcher.start();
  }

  /** Resolves when everything appended is on disk or refused. */
  async close(): Promise<void> {
    this.watcher.dispose();
    await Promise.all([this.rewriting, ...[...this.writers.values()].map(writer => writer.close())]);
  }

  async listIncidents(): Promise<readonly string[]> {
    const names = await namesIn(this.root);
    return names.filter(isIncidentId).sort();
  }

  async read(incidentId: string, since: JournalCursor = {}): Promise<JournalLines> {
    const folder = this.folderOf(incidentId);
    await this.watcher.follow(incidentId);
    await finishRewrites(folder);
    return readJournalFolder(folder, since);
  }

  append(incidentId: string, lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    let writer = this.writers.get(incidentId);
    if (writer === undefined) {
      writer = new JournalFileWriter(path.join(this.folderOf(incidentId), journalFileName(this.writerId)));
      this.writers.set(incidentId, writer);
    }
    return writer.append(lines);
  }

  rewrite(incidentId: string, rewrite: (line: string) => string | undefined): Promise<void> {
    const folder = this.folderOf(incidentId);
    // One after the other: each has a plan of this window's name while it runs.
    const done = this.rewriting.then(() => rewriteJournals(folder, this.writerId, rewrite));
    this.rewriting = done.catch(() => undefined);
    return done;
  }

  async putBlob(incidentId: string, bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const folder = path.join(this.folderOf(incidentId), 'blobs');
    const file = path.join(folder, sha256);
    if (fs.existsSync(file)) return sha256;
    await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
    // Written beside and renamed: a blob is whole or not there.
    const draft = `${file}.${this.writerId}`;
    try {
      await fs.promises.writeFile(draft, bytes, { mode: 0o600, flush: true });
      await fs.promises.rename(draft, file);
    } catch (error) {
      // On a full disk half a piece only takes the room that the journal needs.
      await fs.promises.rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
    return sha256;
  }

  async readBlob(incidentId: string, sha256: string): Promise<Uint8Array | undefined> {
    const file = this.blobFile(incidentId, sha256);
    if (file === undefined) return undefined;
    const bytes = await fs.promises.readFile(file).catch(() => undefined);
    if (bytes === undefined) return undefined;
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
  }

  async deleteBlob(incidentId: string, sha256: string): Promise<void> {
    const file = this.blobFile(incidentId, sha256);
    if (file !== undefined) await fs.promises.rm(file, { force: true });
  }

  private blobFile(incidentId: string, sha256: string): string | undefined {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    return path.join(this.folderOf(incidentId), 'blobs', sha256);
  }

  private folderOf(incidentId: string): string {
    // Ids come from files and messages too: none may name a path outside.
    if (!isIncidentId(incidentId)) throw new RangeError(`Not an incident id: ${JSON.stringify(incidentId)}`);
    return path.join(this.root, incidentId);
  }
}
