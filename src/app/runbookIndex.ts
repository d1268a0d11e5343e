import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Runbook } from '../domain/runbook/model.ts';

/** Where runbooks come from; paths are relative to the workspace, with `/`. */
export interface RunbookFiles {
  find(globs: readonly string[]): Promise<readonly string[]>;
  read(file: string): Promise<string | undefined>;
  /** Fires with a file that changed, also unsaved. */
  readonly onDidChange: Event<string>;
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
}

// The host's event loop is shared with every other extension: no slice of parsing may be felt.
const sliceMs = 8;
const settleMs = 120;

/** Owns the parsed runbooks of the workspace. Reads in slices; afterwards only what changed is parsed again. */
export class RunbookIndex implements Disposable {
  private readonly options: RunbookIndexOptions;
  private readonly known = new Map<string, Runbook>();
  private readonly changed = new Emitter<string>();
  private readonly progressed = new Emitter<IndexProgress>();
  private readonly subscription: Disposable;
  private readonly pending = new Map<string, Disposable>();
  private abort = new AbortController();
  private listed = new Set<string>();

  /** Fires with the file whose runbook is new, other or gone; with `''` when a whole reading is complete. */
  readonly onDidChange = this.changed.event;
  readonly onDidProgress = this.progressed.event;

  constructor(options: RunbookIndexOptions) {
    this.options = options;
    this.subscription = options.files.onDidChange(file => {
      if (file.endsWith('.md')) this.reparseSoon(file);
    });
  }

  /** In the order of their paths. */
  runbooks(): readonly Runbook[] {
    return [...this.known.values()].sort((a, b) => a.file.localeCompare(b.file));
  }

  get(file: string): Runbook | undefined {
    return this.known.get(file);
  }

  /** Reads everything; a later call, or `dispose`, gives an earlier one up. */
  async reload(): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const files = await this.options.files.find(this.options.globs());
    if (signal.aborted) return;
    this.listed = new Set(files);
    for (const file of this.known.keys()) if (!this.listed.has(file)) this.known.delete(file);
    await this.parseAll(files, signal);
    if (!signal.aborted) this.changed.fire('');
  }

  dispose(): void {
    this.abort.abort();
    this.subscription.dispose();
    for (const timer of this.pending.values()) timer.dispose();
    this.changed.dispose();
    this.progressed.dispose();
  }

  private async parseAll(files: readonly string[], signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    let sliceStartMs = clock.monotonicMs();
    for (const [index, file] of files.entries()) {
      await this.parseOne(file);
      if (signal.aborted) return;
      if (clock.monotonicMs() - sliceStartMs < sliceMs) continue;
      this.progressed.fire({ done: index + 1, total: files.length });
      await sleep(clock, 0, signal);
      sliceStartMs = clock.monotonicMs();
    }
  }

  private async parseOne(file: string): Promise<void> {
    const text = await this.options.files.read(file);
    if (text === undefined) this.known.delete(file);
    else this.known.set(file, this.options.parse(file, text));
  }

  private reparseSoon(file: string): void {
    this.pending.get(file)?.dispose();
    this.pending.set(
      file,
      this.options.clock.after(settleMs, () => {
        this.pending.delete(file);
        void this.reparse(file);
      }),
    );
  }

  private async reparse(file: string): Promise<void> {
    const isNew = !this.listed.has(file);
    if (isNew && !(await this.options.files.find(this.options.globs())).includes(file)) return;
    this.listed.add(file);
    await this.parseOne(file);
    this.changed.fire(file);
  }
}
