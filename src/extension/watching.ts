import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { LeaseFile } from '../adapters/leaseFile.ts';
import { SharedStateFile } from '../adapters/sharedStateFile.ts';
import { HealthSharing } from '../app/health/healthSharing.ts';
import type { HealthMonitor } from '../app/healthMonitor.ts';
import type { Disposable } from '../base/disposables.ts';
import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Service } from '../domain/health/model.ts';
import type { EngineLink } from './engineLink.ts';
import type { Tools } from './tools.ts';

const saveEveryMs = 30_000;
/** Changes come in swarms when something many need goes down, and the past of a thousand probes is 15 MB of text. */
const saveChangesMs = 1000;

interface Team {
  readonly environment: string;
  readonly lease: LeaseFile;
  readonly sharing: HealthSharing;
  readonly store: DisposableStore;
}

/**
 * Lets the monitor watch what there is to watch: per environment with a past of its own, in one window of all that have
 * this workspace open. Does nothing at all while there is nothing to watch.
 */
export class Watching implements Disposable {
  private readonly tools: Tools;
  private readonly monitor: HealthMonitor;
  private readonly engine: EngineLink;
  private readonly follows = new Emitter<void>();
  private readonly listening: Disposable;
  private team: Team | undefined;
  private saving: Disposable | undefined;
  private savesAtMs = Number.POSITIVE_INFINITY;

  /** What another window found is shown now. */
  readonly onDidFollow = this.follows.event;

  constructor(tools: Tools, monitor: HealthMonitor, engine: EngineLink) {
    this.tools = tools;
    this.monitor = monitor;
    this.engine = engine;
    const checks = monitor.onDidCheck(() => this.saveWithin(saveEveryMs));
    const changes = monitor.onDidChange(() => this.saveWithin(saveChangesMs));
    this.listening = vscode.Disposable.from(checks, changes);
  }

  /** Nothing is probed in an untrusted workspace. */
  watch(services: readonly Service[], environment: string): void {
    if (!vscode.workspace.isTrusted) return;
    if (this.team !== undefined && this.team.environment !== environment) this.leave();
    const isNew = this.team === undefined && services.length > 0;
    this.monitor.setServices(services);
    if (isNew) {
      this.monitor.restoreState(this.tools.context.workspaceState.get(healthKey(environment)));
      this.team = this.join(environment);
    }
    if (services.some(service => service.probes.some(probe => probe.spec.kind === 'container')))
      this.engine.attach();
    void this.engine.follow();
  }

  get isPaused(): boolean {
    return this.team?.sharing.isPaused ?? this.monitor.isPaused;
  }

  /** Before a person acts on health here: this window becomes the one that checks, so that the act counts for all. */
  async lead(): Promise<void> {
    await this.team?.lease.take();
  }

  setPaused(isPaused: boolean): void {
    if (isPaused) this.monitor.pause();
    else this.monitor.resume();
    this.tell();
  }

  /** What a person decided here outlives this window, and the others hear of it. */
  tell(): void {
    this.save();
    this.team?.sharing.publishSoon();
  }

  dispose(): void {
    if (this.saving !== undefined) this.save();
    this.listening.dispose();
    this.team?.store.dispose();
    this.follows.dispose();
  }

  private join(environment: string): Team {
    const { clock, storagePath, folderPath } = this.tools;
    const place = createHash('sha256').update(`${folderPath}\n${environment}`).digest('hex').slice(0, 24);
    const file = path.join(storagePath, 'windows', `${place}.json`);
    const holderId = randomUUID();
    const store = new DisposableStore();
    const lease = store.add(new LeaseFile({ file: `${file}.lease`, holderId, pid: process.pid, clock }));
    store.add(this.monitor.setLease(lease));
    const shared = new SharedStateFile({ file, writerId: holderId, clock });
    const sharing = store.add(new HealthSharing({ monitor: this.monitor, lease, shared, clock }));
    store.add(sharing.onDidFollow(() => this.follows.fire()));
    lease.start().catch((error: unknown) => this.tools.log.error('The lease cannot be kept', error));
    return { environment, lease, sharing, store };
  }

  /** Another environment has other servers behind the same names: their past must not be mixed. */
  private leave(): void {
    this.save();
    this.monitor.setServices([]);
    this.monitor.setMaintenance([]);
    this.team?.store.dispose();
    this.team = undefined;
  }

  private saveWithin(delayMs: number): void {
    const { clock } = this.tools;
    const atMs = clock.monotonicMs() + delayMs;
    if (atMs >= this.savesAtMs) return;
    this.saving?.dispose();
    this.savesAtMs = atMs;
    this.saving = clock.after(delayMs, () => this.save());
  }

  /** "Down since" survives a reload of the window. */
  private save(): void {
    this.saving?.dispose();
    this.saving = undefined;
    this.savesAtMs = Number.POSITIVE_INFINITY;
    if (this.team === undefined || this.monitor.configured().length === 0) return;
    const { workspaceState } = this.tools.context;
    void workspaceState.update(healthKey(this.team.environment), this.monitor.saveState());
  }
}

function healthKey(environment: string): string {
  return `health:${environment}`;
}
