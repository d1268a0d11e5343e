import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { ContainerRef } from '../domain/health/model.ts';
import { plainText } from '../domain/logs/ansi.ts';
import type { LineFacts } from '../domain/logs/lineFacts.ts';
import type { LogStore, StoreLimits } from '../domain/logs/store.ts';
import type { ContainerEngine, LogEngine, LogFiles, LogSpills, PodLogs, TextSink } from '../ports.ts';
import { ContainerTail } from './logs/containerTail.ts';
import { FileTail } from './logs/fileTail.ts';
import { FollowedSources } from './logs/followedSources.ts';
import type { LogSource, TailStart } from './logs/logSource.ts';
import { toSourceId, toSourceLabel } from './logs/logSource.ts';
import { writeOlder } from './logs/olderLines.ts';
import { heldLines, writeEngineLog } from './logs/snapshot.ts';
import type { OlderLines } from './logs/spillWriter.ts';
import { SpillWriter } from './logs/spillWriter.ts';
import type { TailState } from './logs/tailFeed.ts';
import { TailFeed } from './logs/tailFeed.ts';

export interface LogTailsOptions {
  readonly engine: ContainerEngine;
  readonly files: LogFiles;
  /** Without it a pod's log cannot be read. */
  readonly pods?: PodLogs;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits?: StoreLimits;
  /** Where lines go that no longer fit; without it they are dropped. */
  readonly spill?: { readonly files: LogSpills; readonly redact: (text: string) => string };
}

/** One consumer's hold on a tail; the stream ends when the last holder lets go. */
export interface LogTail extends Disposable {
  readonly source: LogSource;
  readonly id: string;
  readonly label: string;
  readonly store: LogStore;
  readonly facts: LineFacts;
  /** Lines that were let go of and lie in a file now. */
  readonly older: OlderLines | undefined;
  readonly state: TailState;
  /** At most every 50 ms. */
  readonly onDidAppend: Event<void>;
  readonly onDidChangeState: Event<TailState>;
  /** The newest lines as they are shown, oldest first: for matching symptoms. */
  recentLines(count: number): readonly string[];
  /** Evidence lines held since then, oldest first. */
  snapshot(sinceMs: number): Iterable<string>;
}

interface Entry {
  readonly feed: TailFeed;
  readonly reader: Disposable;
  readonly spill: SpillWriter | undefined;
  holders: number;
}

/** The one owner of log streams: one per source, however many look at it. */
export class LogTails implements Disposable {
  private readonly options: LogTailsOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly filled = new Emitter<void>();

  /** The first lines of a stream that was opened are there. */
  readonly onDidFill = this.filled.event;

  constructor(options: LogTailsOptions) {
    this.options = options;
  }

  /** How many streams are held open. */
  get openCount(): number {
    return this.entries.size;
  }

  /** The newest lines of every stream that is open, each source's oldest first. */
  recentLines(count: number): readonly { readonly source: string; readonly text: string }[] {
    return [...this.entries].flatMap(([id, { feed }]) =>
      recentLines(feed, count).map(text => ({ source: id.replace(/^\w+:/, ''), text })),
    );
  }

  /** These sources, and where one is a workload its pods. The caller's to start and dispose of. */
  follow(sources: readonly LogSource[]): FollowedSources {
    const { pods, clock } = this.options;
    return new FollowedSources(sources, { pods, clock });
  }

  /** `start` counts for the first holder; later ones join what is there. */
  open(source: LogSource, start: TailStart = {}): LogTail {
    const id = toSourceId(source);
    const entry = this.entries.get(id) ?? this.create(id, source, start);
    entry.holders++;
    return this.hold(id, source, entry);
  }

  /**
   * Writes everything since then to the sink: from the engine where it still has the log, else from what is held.
   * Gives the number of lines.
   */
  async writeSnapshot(
    source: LogSource,
    sinceMs: number | undefined,
    sink: TextSink,
    signal: AbortSignal,
  ): Promise<number> {
    if (source.kind !== 'file') {
      const { engine, ref } = this.placeOf(source);
      const count = await writeEngineLog(engine, { ref, sinceMs }, sink, signal);
      if (count !== undefined) return count;
    }
    const held = this.entries.get(toSourceId(source));
    let count = held?.spill === undefined ? 0 : await writeOlder(held.spill, sinceMs, sink);
    for (const line of held === undefined ? [] : heldLines(held.feed, sinceMs ?? 0)) {
      sink.write(`${line}\n`);
      count++;
    }
    return count;
  }

  dispose(): void {
    for (const id of [...this.entries.keys()]) this.end(id);
    this.filled.dispose();
  }

  private create(id: string, source: LogSource, start: TailStart): Entry {
    const { files, clock, random, limits } = this.options;
    const feed = new TailFeed(id, clock, limits);
    const spill = this.newSpill(feed);
    const reader =
      source.kind === 'file'
        ? new FileTail({ files, clock, random, path: source.path, feed })
        : new ContainerTail({ ...this.placeOf(source), clock, random, start, feed });
    const first = feed.onDidAppend(() => {
      first.dispose();
      this.filled.fire();
    });
    const entry = { feed, reader, spill, holders: 0 };
    this.entries.set(id, entry);
    return entry;
  }

  private placeOf(source: Exclude<LogSource, { kind: 'file' }>): { engine: LogEngine; ref: ContainerRef } {
    const { engine, pods } = this.options;
    if (source.kind === 'container') return { engine, ref: source.ref };
    if (pods === undefined) throw new Error('pods cannot be asked here');
    return { engine: pods.engineOf(source.pod), ref: { by: 'name', name: toSourceLabel(source) } };
  }

  private newSpill({ store, facts }: TailFeed): SpillWriter | undefined {
    const { spill: to, clock } = this.options;
    if (to === undefined) return undefined;
    const writer = new SpillWriter({ spill: to.files.open(), redact: to.redact, clock });
    store.onDrop = seq => writer.take(store, seq, facts.secrets);
    return writer;
  }

  private hold(id: string, source: LogSource, entry: Entry): LogTail {
    const { feed, spill } = entry;
    let isHeld = true;
    return {
      source,
      id,
      label: toSourceLabel(source),
      store: feed.store,
      facts: feed.facts,
      older: spill,
      get state() {
        return feed.state;
      },
      onDidAppend: feed.onDidAppend,
      onDidChangeState: feed.onDidChangeState,
      recentLines: count => recentLines(feed, count),
      snapshot: sinceMs => heldLines(feed, sinceMs),
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        entry.holders--;
        if (entry.holders === 0) this.end(id);
      },
    };
  }

  private end(id: string): void {
    const entry = this.entries.get(id);
    this.entries.delete(id);
    entry?.reader.dispose();
    entry?.feed.dispose();
    entry?.spill?.dispose();
  }
}

function recentLines({ store, facts }: Pick<TailFeed, 'store' | 'facts'>, count: number): readonly string[] {
  const lines: string[] = [];
  for (let seq = store.nextSeq - 1; seq >= store.firstSeq && lines.length < count; seq--) {
    if (!store.isBoundary(seq)) lines.push(plainText(facts.secrets.text(seq)));
  }
  return lines.reverse();
}
