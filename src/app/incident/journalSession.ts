import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { errorText } from '../../base/errors.ts';
import { briefOf, type IncidentBrief, isBriefEvent } from '../../domain/incident/brief.ts';
import type {
  Envelope,
  EventBodies,
  EventSource,
  EventType,
  JournalEvent,
  NewEvent,
} from '../../domain/incident/events.ts';
import type { HybridClock } from '../../domain/incident/hybridClock.ts';
import { chainStart, encodeEvent, journalVersion } from '../../domain/incident/journalLine.ts';
import { JournalReader } from '../../domain/incident/journalReader.ts';
import type { Actor } from '../../domain/incident/model.ts';
import { withoutText, withoutTextInLine } from '../../domain/incident/removal.ts';
import { replay } from '../../domain/incident/replay.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { JournalCursor, JournalStore, Sha256 } from '../../ports.ts';

const retryMs = 5_000;

/** An event with everything but its number. */
export interface StampedEvent {
  readonly event: NewEvent;
  readonly atMs: number;
  readonly observedAtMs: number;
  readonly actor: Actor;
  readonly timeZone: string;
  readonly source: EventSource | undefined;
}

export interface SessionTools {
  readonly store: JournalStore;
  readonly clock: Clock;
  readonly hybrid: HybridClock;
  readonly sha256: Sha256;
  readonly onDidChange: (incidentId: string) => void;
  readonly onDidChangeSaving: () => void;
  /** A stored text that is to be deleted: by whom and where it was decided makes no difference. */
  readonly onRemoved: (incidentId: string, sha256: string, isInJournal: boolean) => void;
}

/**
 * One incident's journal in this window. Lines are written in order, one batch at a time, and become part of the
 * incident when they are on disk; when the disk refuses they are kept, shown, and tried again until it takes them.
 */
export class JournalSession implements Disposable {
  readonly incidentId: string;
  private readonly tools: SessionTools;
  private readonly reader: JournalReader;
  private events: JournalEvent[] = [];
  private readonly removed = new Set<string>();
  private cursor: JournalCursor = {};
  private storeProblems: readonly string[] = [];
  private seq = 0;
  private checksum = chainStart;
  private queued: { readonly line: string; readonly done: () => void }[] = [];
  private unsaved: string[] = [];
  private problem: string | undefined;
  private draining: Promise<void> | undefined;
  private refreshing: Promise<void> = Promise.resolve();
  private retry: Disposable | undefined;
  private replayed: IncidentState | undefined;
  private known: IncidentBrief | undefined;

  constructor(incidentId: string, tools: SessionTools) {
    this.incidentId = incidentId;
    this.tools = tools;
    this.reader = new JournalReader(tools.sha256);
  }

  /** Why lines are only in memory, and how many. */
  get saving(): { readonly problem: string | undefined; readonly unsavedCount: number } {
    return { problem: this.problem, unsavedCount: this.unsaved.length };
  }

  /** Why nothing of it is known although it is there. */
  get unreadable(): string | undefined {
    return this.events.length === 0 ? [...this.storeProblems, ...this.reader.problems][0] : undefined;
  }

  get hasWritten(): boolean {
    return this.seq > 0;
  }

  get allEvents(): readonly JournalEvent[] {
    return this.events;
  }

  state(): IncidentState | undefined {
    if (this.events.length === 0) return undefined;
    this.replayed ??= replay(this.events, [...this.storeProblems, ...this.reader.problems]);
    return this.replayed;
  }

  brief(): IncidentBrief | undefined {
    if (this.events.length === 0) return undefined;
    this.known ??= briefOf(this.incidentId, this.events.filter(isBriefEvent));
    return this.known;
  }

  /** Reads what other windows (and earlier activations) wrote since the last time. */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing.then(async () => {
      const { lines, problems, cursor } = await this.tools.store.read(this.incidentId, this.cursor);
      this.cursor = cursor;
      const isSame = problems.join('\n') === this.storeProblems.join('\n');
      this.storeProblems = problems;
      const knownProblems = this.reader.problems.length;
      const isNews = this.take(lines) || !isSame || this.reader.problems.length > knownProblems;
      if (isNews) this.changed();
    });
    return this.refreshing;
  }

  /** Ids of the events, when they are on disk or, where that fails, safe in memory and being retried. */
  async append(stamped: readonly StampedEvent[]): Promise<readonly string[]> {
    const ids: string[] = [];
    const waits = stamped.map(item => {
      const { line, checksum } = this.encode(item.event.t, item);
      this.checksum = checksum;
      ids.push(`${this.tools.store.writerId}:${this.seq}`);
      return new Promise<void>(done => this.queued.push({ line, done }));
    });
    this.draining ??= this.drain();
    await Promise.all(waits);
    return ids;
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.draining;
  }

  dispose(): void {
    this.retry?.dispose();
  }

  private encode<T extends EventType>(t: T, stamped: StampedEvent): { line: string; checksum: string } {
    this.seq++;
    const { event, atMs, observedAtMs, actor, timeZone, source } = stamped;
    const envelope: Envelope<T, EventBodies[T]> = {
      v: journalVersion,
      w: this.tools.store.writerId,
      s: this.seq,
      h: this.tools.hybrid.tick(),
      at: new Date(atMs).toISOString(),
      ob: new Date(observedAtMs).toISOString(),
      tz: timeZone,
      i: this.incidentId,
      t,
      a: actor,
      ...(source === undefined ? {} : { src: source }),
      b: event.b as EventBodies[T],
    };
    return encodeEvent(envelope, this.checksum, this.tools.sha256);
  }

  private async drain(): Promise<void> {
    this.retry?.dispose();
    do {
      const batch = this.queued;
      this.queued = [];
      const lines = [...this.unsaved, ...batch.map(({ line }) => line)];
      await this.save(lines);
      // What is shown is read from the very lines that were written.
      const isNews = this.take(batch.map(({ line }) => line));
      for (const { done } of batch) done();
      if (isNews) this.changed();
    } while (this.queued.length > 0);
    this.draining = undefined;
    if (this.unsaved.length > 0)
      this.retry = this.tools.clock.after(retryMs, () => {
        this.draining ??= this.drain();
      });
  }

  private async save(lines: readonly string[]): Promise<void> {
    const before = this.problem;
    try {
      await this.tools.store.append(this.incidentId, lines);
      this.unsaved = [];
      this.problem = undefined;
    } catch (error) {
      this.unsaved = [...lines];
      this.problem = errorText(error);
    }
    if (this.problem !== before) this.tools.onDidChangeSaving();
  }

  private take(lines: readonly string[]): boolean {
    const events = this.reader.add(lines);
    const removed = new Set<string>();
    for (const event of events) {
      this.tools.hybrid.receive(event.h);
      this.events.push(event);
      if (event.t === 'evidence.redacted') removed.add(event.b.sha256);
      if (isBriefEvent(event)) this.known = undefined;
    }
    for (const sha256 of removed) this.remove(sha256, this.events, true);
    // What was read just now may carry a text whose removal was read long ago.
    for (const sha256 of this.removed) this.remove(sha256, events, false);
    for (const sha256 of removed) this.removed.add(sha256);
    return events.length > 0;
  }

  /** Out of memory here, out of the files by whoever holds them; on the disk it may be found at any later start. */
  private remove(sha256: string, among: readonly JournalEvent[], isNews: boolean): void {
    const isInJournal = among.some(event => withoutText(event, sha256) !== undefined);
    if (isInJournal) {
      this.events = this.events.map(event => withoutText(event, sha256) ?? event);
      this.unsaved = this.unsaved.map(line => withoutTextInLine(line, sha256, this.tools.sha256) ?? line);
    }
    if (isInJournal || isNews) this.tools.onRemoved(this.incidentId, sha256, isInJournal);
  }

  private changed(): void {
    this.replayed = undefined;
    this.tools.onDidChange(this.incidentId);
  }
}
