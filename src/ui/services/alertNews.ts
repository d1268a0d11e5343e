import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Alert } from '../../domain/health/model.ts';

export interface AlertNewsParts {
  readonly clock: Clock;
  readonly isQuiet: () => boolean;
  readonly isAcknowledged: (serviceId: string) => boolean;
  /** One or more causes that began to fail together, in the order in which they fired. */
  readonly tell: (causes: readonly Alert[]) => void;
}

/** Causes that fail with each other fire within this time: a cut network has no single service to blame. */
const gatherMs = 1_500;
/** Further causes within this time of a notification come in the next one. */
const apartMs = 20_000;
/** An alert that fired longer ago than that is no news: it was restored, or more services are blocked by now. */
const freshMs = 5_000;
const remembered = 200;

/** Which alerts are worth a notification: each cause once, causes that come together as one, acknowledged ones never. */
export class AlertNews implements Disposable {
  private readonly parts: AlertNewsParts;
  private readonly told = new Set<string>();
  private readonly gathered = new Map<string, Alert>();
  private timer: Disposable | undefined;
  private toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: AlertNewsParts) {
    this.parts = parts;
  }

  hear(alert: Alert): void {
    if (this.gathered.has(alert.key) || this.isNews(alert)) this.gathered.set(alert.key, alert);
    if (alert.status === 'resolved') this.gathered.delete(alert.key);
    if (this.gathered.size === 0 || this.timer !== undefined) return;
    const { clock } = this.parts;
    const waitMs = Math.max(gatherMs, this.toldAtMs + apartMs - clock.monotonicMs());
    this.timer = clock.after(waitMs, () => this.flush());
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private isNews({ status, key, firedAtMs }: Alert): boolean {
    if (status !== 'firing' || this.told.has(key)) return false;
    return this.parts.clock.nowMs() - (firedAtMs ?? 0) < freshMs;
  }

  private flush(): void {
    this.timer = undefined;
    const { isQuiet, isAcknowledged, tell, clock } = this.parts;
    const causes = [...this.gathered.values()].filter(({ serviceId }) => !isAcknowledged(serviceId));
    for (const key of this.gathered.keys()) this.remember(key);
    this.gathered.clear();
    if (isQuiet() || causes.length === 0) return;
    this.toldAtMs = clock.monotonicMs();
    tell(causes);
  }

  private remember(key: string): void {
    this.told.add(key);
    const [oldest] = this.told;
    if (this.told.size > remembered && oldest !== undefined) this.told.delete(oldest);
  }
}
