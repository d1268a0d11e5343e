import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { LineFacts } from '../../domain/logs/lineFacts.ts';
import type { LogBoundary, RawLine } from '../../domain/logs/model.ts';
import type { StoreLimits } from '../../domain/logs/store.ts';
import { LogStore } from '../../domain/logs/store.ts';

/** Listeners hear of new rows at most this often, however fast they come. */
export const batchMs = 50;

export type TailState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'following' }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'waiting'; readonly reason: string };

/** The rows of one source and the news about them. */
export class TailFeed implements Disposable {
  readonly store: LogStore;
  readonly facts: LineFacts;
  readonly clock: Clock;
  private readonly appends = new Emitter<void>();
  private readonly stateChanges = new Emitter<TailState>();
  private timer: Disposable | undefined;
  private announcedMs = Number.NEGATIVE_INFINITY;
  private current: TailState = { kind: 'connecting' };

  /** Rows were added since the last time; read them from `store` by number. */
  readonly onDidAppend = this.appends.event;
  readonly onDidChangeState = this.stateChanges.event;

  constructor(sourceId: string, clock: Clock, limits?: StoreLimits) {
    this.store = new LogStore(sourceId, limits);
    this.facts = new LineFacts(this.store);
    this.clock = clock;
  }

  get state(): TailState {
    return this.current;
  }

  setState(state: TailState): void {
    if (JSON.stringify(state) === JSON.stringify(this.current)) return;
    this.current = state;
    this.stateChanges.fire(state);
  }

  append(line: Readonly<RawLine>): void {
    this.store.append(line);
    this.announce();
  }

  boundary(boundary: Omit<LogBoundary, 'sourceId'>): void {
    this.store.appendBoundary({ ...boundary, sourceId: this.store.sourceId });
    this.announce();
  }

  dispose(): void {
    this.timer?.dispose();
    this.appends.dispose();
    this.stateChanges.dispose();
  }

  private announce(): void {
    if (this.timer !== undefined) return;
    // A single line is told at once, many of them in batches.
    const sinceMs = this.clock.monotonicMs() - this.announcedMs;
    this.timer = this.clock.after(Math.max(0, batchMs - sinceMs), () => {
      this.timer = undefined;
      this.announcedMs = this.clock.monotonicMs();
      this.appends.fire();
    });
  }
}
