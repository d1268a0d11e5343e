import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { DueQueue } from '../../base/dueQueue.ts';
import { nextSlot, spread } from '../../domain/health/schedule.ts';

export interface Job {
  readonly id: string;
  /** Jobs with the same key share the per-host limit. */
  readonly hostKey: string;
  readonly intervalMs: number;
}

export interface SchedulerOptions {
  /** Of those that began less than `slowAfterMs` ago: who waits longer only waits, and must not hold up the others. */
  readonly maxInFlight: number;
  readonly maxPerHost: number;
  /** Jobs due within the same stretch are started by one wake-up; each wake-up of an idle process is dear. */
  readonly coalesceMs: number;
  /** Runs one job; resolves to when it wants to run again at the latest, ms from then (undefined: its next slot). */
  readonly run: (id: string) => Promise<number | undefined>;
  /** The machine slept, the host stood still or the wall clock sprang forward by `lengthMs`. */
  readonly onGap: (lengthMs: number) => void;
}

/** Shorter jumps are corrections of the clock or a busy machine. */
export const minGapMs = 10_000;
const firstRoundMs = 2_000;
const firstRoundMsPerJob = 10;
const slowAfterMs = 250;
/** Each open check holds a socket. */
const maxOpen = 256;

interface Run {
  readonly job: Job;
  readonly startMs: number;
}

/**
 * Fixed-rate schedule: each job has its own phase, never overlaps itself, and waits for a free slot (in all and per
 * host). A job whose slot passed while it ran takes the next one. Without jobs there is no timer.
 */
export class CheckScheduler implements Disposable {
  private readonly clock: Clock;
  private readonly options: SchedulerOptions;
  private readonly jobs = new Map<string, Job>();
  private readonly due = new DueQueue();
  /** In the order in which they began. */
  private readonly running = new Map<string, Run>();
  /** Asked for while they ran: what made somebody ask may have happened after the running check looked. */
  private readonly again = new Set<string>();
  private readonly perHost = new Map<string, number>();
  private ready: string[] = [];
  private retry: Disposable | undefined;
  private timer: (Disposable & { readonly atMs: number }) | undefined;
  private seen: { readonly wallMs: number; readonly monotonicMs: number } | undefined;
  private isStopped = true;
  private isDisposed = false;

  constructor(clock: Clock, options: SchedulerOptions) {
    this.clock = clock;
    this.options = options;
  }

  get isRunning(): boolean {
    return !this.isStopped;
  }

  /** Jobs with a known id and interval keep their place. */
  setJobs(jobs: readonly Job[]): void {
    const wanted = new Set(jobs.map(job => job.id));
    for (const id of [...this.jobs.keys()]) if (!wanted.has(id)) this.forget(id);
    const changed = jobs.filter(job => this.jobs.get(job.id)?.intervalMs !== job.intervalMs);
    for (const job of jobs) this.jobs.set(job.id, job);
    if (!this.isStopped) for (const job of changed) this.startSoon(job);
    this.arm();
  }

  start(): void {
    if (!this.isStopped || this.isDisposed) return;
    this.isStopped = false;
    this.seen = undefined;
    for (const job of this.jobs.values()) this.startSoon(job);
    this.arm();
  }

  stop(): void {
    this.isStopped = true;
    this.timer?.dispose();
    this.timer = undefined;
    this.retry?.dispose();
    this.retry = undefined;
    this.ready = [];
    for (const id of this.jobs.keys()) this.due.delete(id);
  }

  /** Brings a job's next run forward, never back. One that is running runs once more when it is done. */
  hasten(id: string, inMs: number): void {
    if (!this.jobs.has(id) || this.isStopped) return;
    if (this.running.has(id)) this.again.add(id);
    const dueMs = this.clock.monotonicMs() + inMs;
    if ((this.due.dueOf(id) ?? Number.POSITIVE_INFINITY) > dueMs && !this.ready.includes(id))
      this.due.set(id, dueMs);
    this.arm();
  }

  dispose(): void {
    this.isDisposed = true;
    this.stop();
    this.jobs.clear();
  }

  private forget(id: string): void {
    this.jobs.delete(id);
    this.due.delete(id);
    this.ready = this.ready.filter(other => other !== id);
  }

  /** The first round is quick, but no burst: a burst would measure ourselves. */
  private startSoon(job: Job): void {
    const withinMs = Math.max(firstRoundMs, this.jobs.size * firstRoundMsPerJob);
    const soonMs = this.clock.monotonicMs() + spread(job.id) * withinMs;
    this.due.set(job.id, withinMs >= job.intervalMs ? this.slotAfter(job) : soonMs);
  }

  private arm(): void {
    const dueMs = this.isStopped ? undefined : this.due.nextDueMs();
    if (dueMs === undefined || (this.timer !== undefined && this.timer.atMs <= dueMs)) return;
    this.timer?.dispose();
    const grid = this.options.coalesceMs;
    const atMs = grid > 0 ? Math.ceil(dueMs / grid) * grid : dueMs;
    const wait = this.clock.after(Math.max(0, atMs - this.clock.monotonicMs()), () => this.wake(atMs));
    this.timer = { atMs: dueMs, dispose: () => wait.dispose() };
    this.seen ??= { wallMs: this.clock.nowMs(), monotonicMs: this.clock.monotonicMs() };
  }

  private wake(expectedMs: number): void {
    this.timer = undefined;
    this.noticeGap(expectedMs);
    const nowMs = this.clock.monotonicMs();
    for (let id = this.due.takeDue(nowMs); id !== undefined; id = this.due.takeDue(nowMs)) {
      const job = this.jobs.get(id);
      if (job === undefined) continue;
      if (!this.running.has(id) && !this.ready.includes(id)) this.ready.push(id);
    }
    this.pump();
    this.arm();
  }

  private noticeGap(expectedMs: number): void {
    const now = { wallMs: this.clock.nowMs(), monotonicMs: this.clock.monotonicMs() };
    const before = this.seen ?? now;
    this.seen = now;
    const asleepMs = now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs);
    const lengthMs = Math.max(asleepMs, now.monotonicMs - expectedMs);
    if (lengthMs < minGapMs) return;
    this.options.onGap(lengthMs);
    const withinMs = Math.max(firstRoundMs, this.jobs.size * firstRoundMsPerJob);
    for (const job of this.jobs.values()) this.hasten(job.id, spread(job.id) * withinMs);
  }

  private pump(): void {
    for (let i = 0; i < this.ready.length && this.hasRoom(); ) {
      const job = this.jobs.get(this.ready[i] ?? '');
      const isFull = job !== undefined && (this.perHost.get(job.hostKey) ?? 0) >= this.options.maxPerHost;
      if (isFull) {
        i++;
        continue;
      }
      this.ready.splice(i, 1);
      if (job !== undefined) void this.run(job);
    }
    if (this.ready.length > 0) this.pumpAgain();
  }

  private hasRoom(): boolean {
    return this.running.size < maxOpen && this.running.size - this.slow().count < this.options.maxInFlight;
  }

  /** How many run for longer than they need our processor, and when the next one does. */
  private slow(): { readonly count: number; readonly nextMs: number | undefined } {
    const limitMs = this.clock.monotonicMs() - slowAfterMs;
    let count = 0;
    for (const { startMs } of this.running.values()) {
      if (startMs > limitMs) return { count, nextMs: startMs + slowAfterMs };
      count++;
    }
    return { count, nextMs: undefined };
  }

  /** Room comes when a check ends, and when one has become slow. */
  private pumpAgain(): void {
    const { nextMs } = this.slow();
    if (nextMs === undefined || this.retry !== undefined) return;
    this.retry = this.clock.after(nextMs - this.clock.monotonicMs(), () => {
      this.retry = undefined;
      this.pump();
    });
  }

  private async run(job: Job): Promise<void> {
    this.running.set(job.id, { job, startMs: this.clock.monotonicMs() });
    this.perHost.set(job.hostKey, (this.perHost.get(job.hostKey) ?? 0) + 1);
    let againMs: number | undefined;
    try {
      againMs = await this.options.run(job.id);
    } finally {
      this.running.delete(job.id);
      const others = (this.perHost.get(job.hostKey) ?? 1) - 1;
      if (others > 0) this.perHost.set(job.hostKey, others);
      else this.perHost.delete(job.hostKey);
      this.planNext(job.id, againMs);
      this.pump();
    }
  }

  private planNext(id: string, againMs: number | undefined): void {
    const job = this.jobs.get(id);
    if (job === undefined || this.isStopped) return;
    const hastenedMs = this.due.dueOf(id) ?? Number.POSITIVE_INFINITY;
    const slotMs = this.again.delete(id) ? this.clock.monotonicMs() : this.slotAfter(job);
    const againAtMs = againMs === undefined ? slotMs : this.clock.monotonicMs() + againMs;
    this.due.set(id, Math.min(slotMs, againAtMs, hastenedMs));
    this.arm();
  }

  private slotAfter(job: Job): number {
    return nextSlot(this.clock.monotonicMs(), job.intervalMs, spread(job.id) * job.intervalMs);
  }
}
