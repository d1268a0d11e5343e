import { Backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { errorText } from '../../base/errors.ts';
import type { ContainerRef } from '../../domain/health/model.ts';
import { ResumeFilter } from '../../domain/logs/resume.ts';
import { SkipWatch } from '../../domain/logs/skipWatch.ts';
import type { ContainerDetail, LogEngine, LogOpenOptions } from '../../ports.ts';
import { ContainerRuns, isRunning } from './containerRuns.ts';
import type { Boundary } from './lineGate.ts';
import type { TailStart } from './logSource.ts';
import { isEventOf } from './logSource.ts';
import { newReread } from './readOnce.ts';
import { StallWatch } from './stallWatch.ts';
import { StreamReader } from './streamReader.ts';
import type { TailFeed } from './tailFeed.ts';

/** Events are wake-ups that may be missed; so often the container is looked at without one. */
const lookEveryMs = 5000;
const boundaryPatienceMs = 250;

export interface ContainerTailOptions {
  readonly engine: LogEngine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ref: ContainerRef;
  readonly start: TailStart;
  readonly feed: TailFeed;
}

type ReadEnd = { readonly kind: 'ended' } | { readonly kind: 'broken'; readonly reason: string };

/** Follows one container across cuts, restarts and re-creations until disposed of. */
export class ContainerTail implements Disposable {
  private readonly options: ContainerTailOptions;
  private readonly life = new AbortController();
  private readonly subscriptions = new DisposableStore();
  private readonly runs = new ContainerRuns();
  private readonly backoff: Backoff;
  private resume = new ResumeFilter();
  private skips: SkipWatch | undefined;
  private openSeconds: number | undefined;
  private isFirst = true;
  private wake = new AbortController();
  private unreadable: string | undefined;

  constructor(options: ContainerTailOptions) {
    this.options = options;
    this.backoff = new Backoff(200, 15_000, options.random);
    const { engine, ref } = options;
    this.subscriptions.add(
      engine.onDidEvent(event => {
        if (isEventOf(ref, this.runs.containerId, event)) this.wake.abort();
      }),
    );
    this.subscriptions.add(engine.onDidReconnect(() => this.wake.abort()));
    void this.live();
  }

  dispose(): void {
    this.life.abort();
    this.wake.abort();
    this.subscriptions.dispose();
  }

  private async live(): Promise<void> {
    const { feed } = this.options;
    while (!this.life.signal.aborted) {
      try {
        await this.step();
      } catch (error) {
        if (this.life.signal.aborted) return;
        feed.setState({ kind: 'waiting', reason: errorText(error) });
        await this.rest(this.backoff.nextMs());
      }
    }
  }

  private async step(): Promise<void> {
    const { engine, ref, feed, clock } = this.options;
    // Made before looking: an event that comes while we look must not be slept through.
    this.wake = new AbortController();
    const detail = await engine.find(ref, this.life.signal);
    if (detail === undefined) {
      const removal = this.runs.noteRemoval(clock.nowMs());
      if (removal !== undefined) feed.boundary(removal);
      feed.setState({ kind: 'waiting', reason: 'no such container' });
      return this.rest(lookEveryMs);
    }
    const { boundaries, isNew } = this.runs.look(detail);
    if (isNew) {
      this.resume = new ResumeFilter();
      this.skips = undefined;
      this.openSeconds = undefined;
      this.unreadable = undefined;
    }
    if (this.unreadable === detail.id || (this.runs.isStopped && !isRunning(detail))) {
      return this.rest(lookEveryMs);
    }
    return this.read(detail, boundaries);
  }

  private async read(detail: ContainerDetail, boundaries: readonly Boundary[]): Promise<void> {
    const { feed, clock } = this.options;
    const { isTty, logRotatesAtBytes } = detail;
    if (logRotatesAtBytes !== undefined) this.skips ??= new SkipWatch(logRotatesAtBytes, clock.nowMs());
    const reread = newReread(this.options, detail, this.life.signal);
    const rotation = this.skips && { skips: this.skips, reread };
    const reader = new StreamReader(feed, this.resume, { isTty, pending: boundaries, rotation });
    const patience = clock.after(boundaryPatienceMs, () => reader.flushBoundaries());
    feed.setState({ kind: 'following' });
    const firstNew = feed.store.nextSeq;
    const end = await this.stream(detail, reader);
    patience.dispose();
    await reader.settled();
    if (this.life.signal.aborted) return;
    this.openSeconds = reader.oldestOpenSeconds();
    if (end.kind === 'broken') {
      reader.flushBoundaries();
      if (/does not support reading/.test(end.reason)) return this.giveUp(detail, end.reason);
      feed.setState({ kind: 'waiting', reason: end.reason });
      return this.rest(this.backoff.nextMs());
    }
    await this.afterEnd(detail, reader, feed.store.nextSeq > firstNew);
  }

  /** The engine ended the stream: because the container stopped, or for no reason that we are told. */
  private async afterEnd(detail: ContainerDetail, reader: StreamReader, hadNews: boolean): Promise<void> {
    const { engine, feed, clock } = this.options;
    const now = await engine.inspect(detail.id, this.life.signal);
    if (now !== undefined && (isRunning(now) || now.startedAtMs !== detail.startedAtMs)) {
      reader.flushBoundaries();
      // Restarted: on at once. Still the same run: the engine dropped us.
      if (now.startedAtMs === detail.startedAtMs) await this.rest(this.backoff.nextMs());
      return;
    }
    // A cut looks like an end: only when another reading brings nothing new was that all.
    if (now !== undefined && hadNews) {
      reader.flushBoundaries();
      return;
    }
    await reader.finish();
    this.openSeconds = undefined;
    const stop =
      now === undefined ? this.runs.noteRemoval(clock.nowMs()) : this.runs.noteStop(now, clock.nowMs());
    if (stop !== undefined) feed.boundary(stop);
    feed.setState({ kind: 'ended', reason: stop?.detail ?? '' });
  }

  private async stream(container: ContainerDetail, reader: StreamReader): Promise<ReadEnd> {
    const { engine, clock } = this.options;
    const cut = new AbortController();
    const { resume } = this;
    const stalls =
      container.logRotatesAtBytes === undefined
        ? undefined
        : new StallWatch({ clock, engine, container, resume, onStall: () => cut.abort() });
    try {
      await engine.openLog(
        container.id,
        this.openOptions(),
        chunk => {
          this.isFirst = false;
          this.backoff.reset();
          stalls?.heard();
          reader.push(chunk);
        },
        AbortSignal.any([this.life.signal, cut.signal]),
      );
      return { kind: 'ended' };
    } catch (error) {
      return { kind: 'broken', reason: errorText(error) };
    } finally {
      stalls?.dispose();
    }
  }

  private openOptions(): LogOpenOptions {
    const fromSeconds = this.resume.resumeFrom(this.openSeconds);
    if (fromSeconds !== undefined) return { follow: true, sinceNs: BigInt(fromSeconds) * 1_000_000_000n };
    if (!this.isFirst) return { follow: true };
    const { tail, sinceMs } = this.options.start;
    return {
      follow: true,
      ...(tail === undefined ? {} : { tail }),
      ...(sinceMs === undefined ? {} : { sinceNs: BigInt(Math.floor(sinceMs)) * 1_000_000n }),
    };
  }

  private giveUp(detail: ContainerDetail, reason: string): void {
    this.unreadable = detail.id;
    this.options.feed.boundary({ kind: 'error', atMs: this.options.clock.nowMs(), detail: reason });
    this.options.feed.setState({ kind: 'ended', reason });
  }

  private rest(delayMs: number): Promise<void> {
    const signal = AbortSignal.any([this.life.signal, this.wake.signal]);
    return sleep(this.options.clock, delayMs, signal);
  }
}
