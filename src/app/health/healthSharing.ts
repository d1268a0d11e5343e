import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { inSlices } from '../../base/slices.ts';
import type { Lease, SharedState } from '../../ports.ts';
import type { HealthMonitor } from '../healthMonitor.ts';

export interface HealthSharingOptions {
  readonly monitor: HealthMonitor;
  readonly lease: Lease;
  readonly shared: SharedState;
  readonly clock: Clock;
  readonly everyMs?: number;
}

const defaultEveryMs = 2_000;
const sliceMs = 4;

/**
 * Windows of one workspace show the same health, found by one of them: the window with the lease writes down what its
 * checks found, one line per probe, the others read it. Nothing is written while nobody reads.
 */
export class HealthSharing implements Disposable {
  private readonly options: HealthSharingOptions;
  private readonly store = new DisposableStore();
  private readonly follows = this.store.add(new Emitter<void>());
  private timer: Disposable | undefined;
  private isOthersPaused = false;
  private isDisposed = false;

  /** What another window found has been taken over. */
  readonly onDidFollow = this.follows.event;

  constructor(options: HealthSharingOptions) {
    this.options = options;
    const { monitor, lease } = options;
    this.store.add(monitor.onDidCheck(() => this.publishSoon()));
    this.store.add(lease.onDidChange(() => this.turn()));
    this.turn();
  }

  /** Whether the window that checks has been told to pause, this one or another. */
  get isPaused(): boolean {
    const { lease, monitor } = this.options;
    return lease.isHeld ? monitor.isPaused : this.isOthersPaused;
  }

  publishSoon(): void {
    if (!this.options.lease.isHeld || this.timer !== undefined) return;
    this.wait(() => this.publish());
  }

  dispose(): void {
    this.isDisposed = true;
    this.timer?.dispose();
    this.store.dispose();
  }

  private turn(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.options.lease.isHeld) this.publishSoon();
    else {
      // A pause is the checking window's; whoever takes over later starts afresh.
      this.options.monitor.resume();
      this.followSoon();
    }
  }

  private followSoon(): void {
    this.wait(async () => {
      await this.follow();
      if (!this.options.lease.isHeld && this.timer === undefined) this.followSoon();
    });
  }

  private wait(action: () => Promise<void>): void {
    if (this.isDisposed) return;
    const { clock, everyMs } = this.options;
    this.timer = clock.after(everyMs ?? defaultEveryMs, () => {
      this.timer = undefined;
      // The other window's file may be gone or unreadable for a moment; the next turn tries again.
      action().catch(() => undefined);
    });
  }

  /** A thousand probes with their past are several megabytes: the host's loop must not stand still for them. */
  private inSlices<T>(items: readonly T[], act: (item: T) => void): Promise<void> {
    return inSlices(items, act, { clock: this.options.clock, sliceMs });
  }

  private async publish(): Promise<void> {
    const { monitor, lease, shared } = this.options;
    if (!lease.isHeld || !(await shared.hasReaders())) return;
    const { probes, ...health } = monitor.saveState();
    const lines = [JSON.stringify({ isPaused: monitor.isPaused, health })];
    await this.inSlices(probes, probe => lines.push(JSON.stringify(probe)));
    if (lease.isHeld && !this.isDisposed) await shared.write(lines.join('\n'));
  }

  private async follow(): Promise<void> {
    const { monitor, lease, shared } = this.options;
    const text = await shared.read().catch(() => undefined);
    if (text === undefined) return;
    const [first = '', ...lines] = text.split('\n');
    const found = parseShared(first);
    const probes: unknown[] = [];
    await this.inSlices(lines, line => probes.push(parseJson(line)));
    if (this.isDisposed || lease.isHeld || found === undefined) return;
    if (!monitor.restoreState({ ...found.health, probes })) return;
    this.isOthersPaused = found.isPaused;
    this.follows.fire();
  }
}

function parseShared(text: string): { readonly isPaused: boolean; readonly health: object } | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const health: unknown = Reflect.get(value, 'health');
  if (typeof health !== 'object' || health === null) return undefined;
  return { isPaused: Reflect.get(value, 'isPaused') === true, health };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
