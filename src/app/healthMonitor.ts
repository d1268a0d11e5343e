import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { ProbeHistory } from '../domain/health/history.ts';
import type {
  Alert,
  MaintenanceWindow,
  ProbeHealth,
  ProbeKind,
  ProbeOutcome,
  ProbeTarget,
  Service,
  ServiceHealth,
} from '../domain/health/model.ts';
import type { SavedHealth } from '../domain/health/savedHealth.ts';
import type { ContainerEngine, Lease, Probe } from '../ports.ts';
import { CheckScheduler } from './health/checkScheduler.ts';
import { wakeOnEngineEvents } from './health/containerWakeups.ts';
import { withDeadline } from './health/deadline.ts';
import { hostKey } from './health/hostKey.ts';
import { ProbeBook, type ProbeRecord } from './health/probeBook.ts';
import { Rechecks } from './health/rechecks.ts';
import { restoreSavedHealth, toSavedHealth } from './health/saving.ts';
import { ServiceBoard } from './health/serviceBoard.ts';

/** Gives the probe of a kind; a promise while its client library is being read. */
export type ProbeSource = (kind: ProbeKind) => Probe | undefined | Promise<Probe | undefined>;

export interface HealthMonitorOptions {
  readonly maxInFlight?: number;
  readonly maxPerHost?: number;
  readonly coalesceMs?: number;
}

const staleCheckMs = 5_000;

/**
 * Checks services on their schedule, judges them and says what changed. Owns all state of health. Does nothing, and
 * holds no timer, while there is nothing to check.
 */
export class HealthMonitor implements Disposable {
  private readonly probes: ProbeSource;
  private readonly clock: Clock;
  private readonly book: ProbeBook;
  private readonly board: ServiceBoard;
  private readonly scheduler: CheckScheduler;
  private readonly checks = new Emitter<string>();
  private readonly waiting = new Map<string, ((outcome: ProbeOutcome) => void)[]>();
  private readonly store = new DisposableStore();
  private generation = 0;
  private staleTimer: Disposable | undefined;
  private staleIds = new Set<string>();
  private readonly rechecks: Rechecks;
  private pausedAtMs: number | undefined;
  private isPausedByUser = false;
  private lease: Lease | undefined;

  /** Id of a probe that has just been judged anew. */
  readonly onDidCheck = this.checks.event;
  /** The state that is shown for a service changed. */
  readonly onDidChange;
  readonly onDidChangeAlert;

  constructor(probes: ProbeSource, clock: Clock, options: HealthMonitorOptions = {}) {
    this.probes = probes;
    this.clock = clock;
    this.book = new ProbeBook(clock);
    this.rechecks = new Rechecks(clock);
    this.board = this.store.add(new ServiceBoard(clock, this.book));
    this.onDidChange = this.board.onDidChange;
    this.onDidChangeAlert = this.board.onDidChangeAlert;
    this.scheduler = this.store.add(
      new CheckScheduler(clock, {
        maxInFlight: options.maxInFlight ?? 16,
        maxPerHost: options.maxPerHost ?? 2,
        coalesceMs: options.coalesceMs ?? 5,
        run: id => this.check(id),
        onGap: lengthMs => this.noteGap(lengthMs),
      }),
    );
    this.scheduler.start();
  }

  /** State is kept by id: of services and of probes. */
  setServices(services: readonly Service[]): void {
    const before = new Map([...this.book.all()].map(({ target }) => [target.id, target]));
    const targets = services.flatMap(service => service.probes);
    this.book.setTargets(targets);
    this.rechecks.keepOnly(new Set(targets.map(target => target.id)));
    this.board.setServices(services);
    this.scheduler.setJobs(
      targets.map(({ id, spec, intervalMs }) => ({ id, hostKey: hostKey(spec), intervalMs })),
    );
    for (const { id, spec } of targets) {
      const known = before.get(id);
      if (known !== undefined && JSON.stringify(known.spec) !== JSON.stringify(spec))
        this.scheduler.hasten(id, 0);
    }
    this.watchStale();
  }

  services(): readonly ServiceHealth[] {
    return this.board.services().flatMap(({ id }) => this.board.snapshot(id) ?? []);
  }

  service(serviceId: string): ServiceHealth | undefined {
    return this.board.snapshot(serviceId);
  }

  /** The services as they were set. */
  configured(): readonly Service[] {
    return this.board.services();
  }

  probe(targetId: string): ProbeHealth | undefined {
    return this.book.snapshot(targetId);
  }

  target(targetId: string): ProbeTarget | undefined {
    return this.book.get(targetId)?.target;
  }

  history(targetId: string): ProbeHistory | undefined {
    return this.book.get(targetId)?.history;
  }

  /** The last alert of each service that ever had one, resolved ones included. */
  alerts(): readonly Alert[] {
    return this.board.alerts();
  }

  /** Checks at once, also while paused; resolves with the service's or probe's new outcomes. */
  async probeNow(id: string): Promise<readonly ProbeOutcome[]> {
    const service = this.board.services().find(candidate => candidate.id === id);
    const ids = service === undefined ? [id] : service.probes.map(target => target.id);
    const outcomes = await Promise.all(ids.map(targetId => this.checkNow(targetId)));
    return outcomes.filter(outcome => outcome !== undefined);
  }

  /** `by` undefined takes an acknowledgement back. */
  acknowledge(serviceId: string, by: string | undefined): void {
    this.board.acknowledge(serviceId, by);
    for (const { targetId } of this.board.snapshot(serviceId)?.probes ?? []) this.checks.fire(targetId);
  }

  get maintenance(): readonly MaintenanceWindow[] {
    return this.board.maintenance;
  }

  setMaintenance(windows: readonly MaintenanceWindow[]): void {
    this.board.setMaintenance(windows);
  }

  get isPaused(): boolean {
    return this.isPausedByUser;
  }

  pause(): void {
    this.isPausedByUser = true;
    this.applyPause();
  }

  resume(): void {
    this.isPausedByUser = false;
    this.applyPause();
  }

  /** Checks only while the lease is held; what another window found comes by `restoreState`. */
  setLease(lease: Lease): Disposable {
    this.lease = lease;
    this.applyPause();
    return this.store.add(lease.onDidChange(() => this.applyPause()));
  }

  /** Container probes are then looked at when the engine says that something happened. */
  attachEngine(engine: Pick<ContainerEngine, 'onDidEvent' | 'onDidReconnect'>): Disposable {
    const targets = () => [...this.book.all()].map(record => record.target);
    return this.store.add(wakeOnEngineEvents(engine, targets, id => this.scheduler.hasten(id, 0)));
  }

  saveState(): SavedHealth {
    return toSavedHealth(this.clock, this.book, this.board);
  }

  /** After `setServices`; probes that have been checked already keep what they found. */
  restoreState(saved: unknown): boolean {
    const isRestored = restoreSavedHealth(saved, this.clock, this.book, this.board);
    if (isRestored) for (const { target } of this.book.all()) this.checks.fire(target.id);
    return isRestored;
  }

  dispose(): void {
    this.staleTimer?.dispose();
    this.checks.dispose();
    this.store.dispose();
  }

  private async checkNow(id: string): Promise<ProbeOutcome | undefined> {
    if (this.book.get(id) === undefined) return undefined;
    const outcome = new Promise<ProbeOutcome>(resolve => {
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]);
    });
    if (!this.scheduler.isRunning) await this.check(id);
    else this.scheduler.hasten(id, 0);
    return outcome;
  }

  /** Gives when the scheduler should run it again at the latest. */
  private async check(id: string): Promise<number | undefined> {
    const target = this.book.get(id)?.target;
    if (target === undefined) return undefined;
    const { generation } = this;
    const outcome = await this.run(target);
    // The machine slept while this ran: what it says about the time before is worth nothing.
    if (generation !== this.generation && this.scheduler.isRunning) return 0;
    const before = this.book.get(id);
    const after = this.book.add(id, outcome);
    if (before === undefined || after === undefined) return undefined;
    this.tell(before, after);
    for (const resolve of this.waiting.get(id) ?? []) resolve(outcome);
    this.waiting.delete(id);
    return this.rechecks.next(after);
  }

  private async run(target: ProbeTarget): Promise<ProbeOutcome> {
    const found = this.probes(target.spec.kind);
    const probe = found instanceof Promise ? await found.catch(() => undefined) : found;
    if (probe !== undefined) return withDeadline(probe, target, this.clock);
    const seen = `${target.spec.kind} checks are not available here`;
    return { verdict: 'unknown', seen, wanted: undefined, atMs: this.clock.nowMs(), tookMs: 0 };
  }

  private tell(before: ProbeRecord, after: ProbeRecord): void {
    const { serviceId, id } = after.target;
    const { graph } = this.board;
    const isOtherState = before.state.state !== after.state.state || this.staleIds.delete(id);
    const isFirstFailure = before.state.failures === 0 && after.state.failures > 0;
    const hasRecovered = before.state.failures > 0 && after.state.failures === 0;
    // The culprit may be due only in minutes: whom to blame must be known before anybody is.
    const others = isFirstFailure
      ? graph.needsOf(serviceId)
      : hasRecovered
        ? graph.affectedBy(serviceId)
        : [];
    for (const other of others) if (other !== serviceId) this.hastenService(other);
    this.board.refresh(
      isOtherState
        ? [...new Set([...graph.affectedBy(serviceId), ...graph.needsOf(serviceId)])]
        : [serviceId],
    );
    this.checks.fire(id);
  }

  private hastenService(serviceId: string): void {
    for (const { target } of this.book.all())
      if (target.serviceId === serviceId) this.scheduler.hasten(target.id, 0);
  }

  private applyPause(): void {
    const shouldRun = !this.isPausedByUser && this.lease?.isHeld !== false;
    if (shouldRun === this.scheduler.isRunning) return;
    if (!shouldRun) {
      this.pausedAtMs = this.clock.nowMs();
      this.generation++;
      this.scheduler.stop();
      return;
    }
    const fromMs = this.pausedAtMs ?? this.clock.nowMs();
    this.book.addGap({ fromMs, toMs: this.clock.nowMs(), reason: 'paused' });
    this.generation++;
    this.scheduler.start();
  }

  private noteGap(lengthMs: number): void {
    const toMs = this.clock.nowMs();
    this.generation++;
    this.book.addGap({ fromMs: toMs - lengthMs, toMs, reason: 'sleep' });
    this.board.refreshAll();
  }

  /** Time alone can make a state stale; nobody else would notice. */
  private watchStale(): void {
    this.staleTimer?.dispose();
    this.staleTimer = undefined;
    if (this.board.services().length === 0) return;
    this.staleTimer = this.clock.after(staleCheckMs, () => {
      const stale = [...this.book.all()].filter(record => this.book.isStale(record));
      const fresh = stale.filter(({ target }) => !this.staleIds.has(target.id));
      this.staleIds = new Set(stale.map(({ target }) => target.id));
      for (const { target } of fresh) {
        this.board.refresh(this.board.graph.affectedBy(target.serviceId));
        this.checks.fire(target.id);
      }
      this.watchStale();
    });
  }
}
