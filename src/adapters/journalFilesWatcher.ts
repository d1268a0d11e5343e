import fs from 'node:fs';
import path from 'node:path';
import { DisposableStore, toDisposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { isIncidentId } from '../domain/incident/ids.ts';
import { journalFileNames } from './journalFilesReader.ts';

const pollMs = 1_000;
/** Folders in which nothing moved for this long are looked at by notification only. */
const quietMs = 24 * 3_600_000;

interface Followed {
  readonly folder: string;
  readonly sizes: Map<string, number>;
  watcher: fs.FSWatcher | undefined;
  lastChangeMs: number;
  checking: Promise<void> | undefined;
  mustCheckAgain: boolean;
}

/**
 * Notices when another window writes. File notifications are fast but missing on network file systems, so the
 * sizes of recently changed files are compared once a second as well.
 */
export class JournalFilesWatcher {
  readonly onDidChange;
  private readonly changed = new Emitter<string>();
  private readonly root: string;
  private readonly ownFile: string;
  private readonly followed = new Map<string, Followed>();
  private readonly owned = new DisposableStore();

  constructor(root: string, ownFile: string) {
    this.root = root;
    this.ownFile = ownFile;
    this.onDidChange = this.changed.event;
  }

  start(): void {
    const timer = setInterval(() => void this.look(), pollMs);
    timer.unref();
    this.owned.add(toDisposable(() => clearInterval(timer)));
    const watcher = watch(this.root, () => void this.findNew());
    this.owned.add(toDisposable(() => watcher?.close()));
  }

  dispose(): void {
    this.owned.dispose();
    for (const { watcher } of this.followed.values()) watcher?.close();
    this.followed.clear();
    this.changed.dispose();
  }

  /** Call before reading: what changes from here on is reported. */
  async follow(incidentId: string): Promise<void> {
    if (this.followed.has(incidentId)) return;
    const folder = path.join(this.root, incidentId);
    const entry: Followed = {
      folder,
      sizes: new Map(),
      watcher: undefined,
      lastChangeMs: Date.now(),
      checking: undefined,
      mustCheckAgain: false,
    };
    this.followed.set(incidentId, entry);
    await this.compare(entry);
    entry.watcher = watch(folder, () => void this.check(incidentId, entry));
  }

  private async look(): Promise<void> {
    await this.findNew();
    const now = Date.now();
    for (const [id, entry] of this.followed)
      if (now - entry.lastChangeMs < quietMs) await this.check(id, entry);
  }

  private async findNew(): Promise<void> {
    const names = await fs.promises.readdir(this.root).catch(() => [] as string[]);
    for (const name of names) {
      if (this.followed.has(name) || !isIncidentId(name)) continue;
      await this.follow(name);
      if ((this.followed.get(name)?.sizes.size ?? 0) > 0) this.changed.fire(name);
    }
  }

  private check(incidentId: string, entry: Followed): Promise<void> {
    // A change that arrives while comparing may have been missed by it.
    entry.mustCheckAgain = entry.checking !== undefined;
    entry.checking ??= (async () => {
      do {
        entry.mustCheckAgain = false;
        if (await this.compare(entry)) this.changed.fire(incidentId);
      } while (entry.mustCheckAgain);
      entry.checking = undefined;
    })();
    return entry.checking;
  }

  private async compare(entry: Followed): Promise<boolean> {
    let isChanged = false;
    // What cannot be read now is told by whoever reads it, and seen when it can.
    for (const name of await journalFileNames(entry.folder).catch(() => [])) {
      if (name === this.ownFile) continue;
      const stat = await fs.promises.stat(path.join(entry.folder, name)).catch(() => undefined);
      if (stat === undefined || stat.size === entry.sizes.get(name)) continue;
      entry.sizes.set(name, stat.size);
      entry.lastChangeMs = Math.max(entry.lastChangeMs, Date.now());
      isChanged = true;
    }
    return isChanged;
  }
}

function watch(folder: string, onChange: () => void): fs.FSWatcher | undefined {
  try {
    const watcher = fs.watch(folder, { persistent: false }, onChange);
    // A watcher that breaks leaves the comparison once a second.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
