import { type Clock, sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Runbook } from '../domain/runbook/model.ts';

/** Where runbooks come from; paths are relative to the workspace, with `/`. */
export interface RunbookFiles {
  find(globs: readonly string[]): Promise<readonly string[]>;
  /** Undefined when there is no such file (any more). */
  read(file: string): Promise<string | undefined>;
  /** Fires with a file that was created, changed (also unsaved) or deleted. */
  readonly onDidChange: Event<string>;
  /** Fires when a folder came or went: what is in it may not be told. */
  readonly onDidChangeFolder: Event<string>;
}

export interface RunbookIndexOptions {
  readonly files: RunbookFiles;
  readonly globs: () => readonly string[];
  readonly parse: (file: string, text: string) => Runbook;
  readonly clock: Clock;
}

export interface IndexProgress {
  readonly done: number;
  readonly total: number;
  /** The reading is over: all was read, or somebody stopped it. */
  readonly isEnd: boolean;
}

interface Entry {
  readonly text: string;
  readonly runbook: Runbook;
}

/** The host's event loop is shared: with the slowest real file (5 ms) a slice stays below 8 ms. */
const sliceMs = 3;
const readAhead = 8;
const settleMs = 120;
/** Folders come and go in crowds, as in a build; to look for files anew costs a walk through the workspace. */
const relistMs = 700;
/** While a first reading lasts, views are told about it this often, starting with the first slice. */
const announceMs = 250;

/**
 * Owns the parsed runbooks of the workspace. Reads in slices; afterwards only the file that changed is parsed
 * again, and not even that when its text is the same.
 */
export class RunbookIndex implements Disposable {
  private readonly options: RunbookIndexOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new Emitter<string>();
  private readonly progressed = new Emitter<IndexProgress>();
  private readonly subscriptions: readonly Disposable[];
  private readonly pending = new Map<string, Disposable>();
  /** Ticket of the newest read of each file: an older text must never overtake a newer one. */
  private readonly newest = new Map<string, number>();
  private readonly strangers = new Set<string>();
  private abort = new AbortController();
  private listed = new Set<string>();
  private sorted: readonly Runbook[] | undefined;
  private relisting: Disposable | undefined;
  private ticket = 0;
  private isDisposed = false;

  /** Fires with the file whose runbook is new, other or gone; with `''` when many may be. */
  readonly onDidChange: Event<string> = this.changed.event;
  readonly onDidProgress: Event<IndexProgress> = this.progressed.event;

  constructor(options: RunbookIndexOptions) {
    this.options = options;
    this.subscriptions = [
      options.files.onDidChange(file => {
        if (/\.(?:md|markdown|mdx)$/i.test(file)) this.reparseSoon(file);
      }),
      options.files.onDidChangeFolder(() => {
        this.relisting?.dispose();
        this.relisting = options.clock.after(relistMs, () => void this.relist());
      }),
    ];
  }

  /** In the order of their paths; the same array until something changes. */
  runbooks(): readonly Runbook[] {
    this.sorted ??= [...this.entries.values()]
      .map(({ runbook }) => runbook)
      .sort((a, b) => (a.file < b.file ? -1 : 1));
    return this.sorted;
  }

  get(file: string): Runbook | undefined {
    return this.entries.get(file)?.runbook;
  }

  /** The text that the runbook was parsed from: what its ranges point into. */
  textOf(file: string): string | undefined {
    return this.entries.get(file)?.text;
  }

  /** Reads everything; `cancel`, a later call, or `dispose` gives it up and keeps what is there. */
  async reload(): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const files = await this.options.files.find(this.options.globs());
    if (signal.aborted) return;
    this.listed = new Set(files);
    this.strangers.clear();
    for (const file of [...this.entries.keys()]) if (!this.listed.has(file)) this.put(file, undefined);
    await this.readAll(files, signal);
    if (!signal.aborted) this.changed.fire('');
  }

  cancel(): void {
    this.abort.abort();
  }

  dispose(): void {
    this.isDisposed = true;
    this.abort.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.relisting?.dispose();
    for (const timer of this.pending.values()) timer.dispose();
    this.changed.dispose();
    this.progressed.dispose();
  }

  private async readAll(files: readonly string[], signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    let sliceStartMs = clock.monotonicMs();
    let announcedMs = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < files.length; i += readAhead) {
      const reads = files.slice(i, i + readAhead).map(file => this.read(file));
      for (const [offset, read] of reads.entries()) {
        this.accept(await read);
        const done = i + offset + 1;
        if (signal.aborted) return this.stoppedAt(done, files.length, signal);
        if (clock.monotonicMs() - sliceStartMs < sliceMs) continue;
        if (clock.monotonicMs() - announcedMs >= announceMs) {
          announcedMs = clock.monotonicMs();
          this.changed.fire('');
        }
        this.progressed.fire({ done, total: files.length, isEnd: false });
        await sleep(clock, 0, signal);
        if (signal.aborted) return this.stoppedAt(done, files.length, signal);
        sliceStartMs = clock.monotonicMs();
      }
    }
    this.progressed.fire({ done: files.length, total: files.length, isEnd: true });
  }

  /** A later reading tells its own progress; only a stop is an end. */
  private stoppedAt(done: number, total: number, signal: AbortSignal): void {
    if (this.isDisposed || signal !== this.abort.signal) return;
    this.changed.fire('');
    this.progressed.fire({ done, total, isEnd: true });
  }

  private async read(file: string): Promise<{ file: string; ticket: number; text: string | undefined }> {
    const ticket = ++this.ticket;
    this.newest.set(file, ticket);
    // A file that cannot be read is no runbook; the host reports why when somebody opens it.
    const text = await this.options.files.read(file).catch(() => undefined);
    return { file, ticket, text };
  }

  /** True when the runbook is another one now. */
  private accept({
    file,
    ticket,
    text,
  }: {
    file: string;
    ticket: number;
    text: string | undefined;
  }): boolean {
    if (this.isDisposed || this.newest.get(file) !== ticket) return false;
    this.newest.delete(file);
    return this.put(file, text);
  }

  private put(file: string, text: string | undefined): boolean {
    if (this.entries.get(file)?.text === text) return false;
    this.sorted = undefined;
    if (text === undefined) this.entries.delete(file);
    else this.entries.set(file, { text, runbook: this.options.parse(file, text) });
    return true;
  }

  /** Reads what is new, and what is no longer where it was. */
  private async relist(): Promise<void> {
    this.relisting = undefined;
    const files = await this.options.files.find(this.options.globs()).catch(() => undefined);
    if (files === undefined) return;
    this.strangers.clear();
    const found = new Set(files);
    const other = [
      ...files.filter(file => !this.entries.has(file)),
      ...[...this.entries.keys()].filter(file => !found.has(file)),
    ];
    for (const file of other) {
      this.listed.add(file);
      this.reparseSoon(file);
    }
  }

  private reparseSoon(file: string): void {
    if (this.isDisposed || this.strangers.has(file)) return;
    this.pending.get(file)?.dispose();
    const timer = this.options.clock.after(settleMs, () => {
      this.pending.delete(file);
      void this.reparse(file);
    });
    this.pending.set(file, timer);
  }

  private async reparse(file: string): Promise<void> {
    if (!this.listed.has(file) && !(await this.isRunbook(file))) return;
    this.listed.add(file);
    if (this.accept(await this.read(file))) this.changed.fire(file);
  }

  /** Asked once per path: whether a file is a runbook depends on where it lies, not on what is typed into it. */
  private async isRunbook(file: string): Promise<boolean> {
    const files = await this.options.files.find(this.options.globs()).catch(() => undefined);
    const isFound = files?.includes(file) ?? false;
    if (!isFound) this.strangers.add(file);
    return isFound;
  }
}
