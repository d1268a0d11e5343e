import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import { nextAlert } from '../../domain/health/alerts.ts';
import type {
  Alert,
  HealthState,
  MaintenanceWindow,
  ProbeHealth,
  Service,
  ServiceHealth,
  ServiceTransition,
} from '../../domain/health/model.ts';
import { culpritsOf, type OwnHealth, ownHealth, ServiceGraph } from '../../domain/health/rollup.ts';
import type { ProbeBook } from './probeBook.ts';

interface ServiceRecord {
  readonly service: Service;
  readonly addedAtMs: number;
  readonly shown: HealthState;
  readonly alert: Alert | undefined;
  readonly acknowledgedBy: string | undefined;
  /** Monotonic time when it was last seen blocked: after the culprit is back, its own clock starts anew. */
  readonly blockedAtMs: number | undefined;
}

/** Services as they are shown: roll-up of their probes, blame along dependencies, alerts. */
export class ServiceBoard {
  private readonly clock: Clock;
  private readonly book: ProbeBook;
  private readonly changes = new Emitter<ServiceTransition>();
  private readonly alertChanges = new Emitter<Alert>();
  private readonly records = new Map<string, ServiceRecord>();
  private windows: readonly MaintenanceWindow[] = [];
  graph = new ServiceGraph([]);

  readonly onDidChange = this.changes.event;
  readonly onDidChangeAlert = this.alertChanges.event;

  constructor(clock: Clock, book: ProbeBook) {
    this.clock = clock;
    this.book = book;
  }

  setServices(services: readonly Service[]): void {
    const wanted = new Set(services.map(service => service.id));
    for (const id of [...this.records.keys()]) if (!wanted.has(id)) this.records.delete(id);
    for (const service of services) {
      const known = this.records.get(service.id);
      const fresh = { addedAtMs: this.clock.nowMs(), shown: 'unknown', alert: undefined } as const;
      this.records.set(service.id, {
        acknowledgedBy: undefined,
        blockedAtMs: undefined,
        ...fresh,
        ...known,
        service,
      });
    }
    this.graph = new ServiceGraph(services);
    this.refreshAll();
  }

  get maintenance(): readonly MaintenanceWindow[] {
    return this.windows;
  }

  setMaintenance(windows: readonly MaintenanceWindow[]): void {
    this.windows = windows;
    this.refreshAll();
  }

  services(): readonly Service[] {
    return [...this.records.values()].map(record => record.service);
  }

  alerts(): readonly Alert[] {
    return [...this.records.values()].flatMap(record => (record.alert === undefined ? [] : [record.alert]));
  }

  acknowledge(serviceId: string, by: string | undefined): void {
    const record = this.records.get(serviceId);
    if (record !== undefined) this.records.set(serviceId, { ...record, acknowledgedBy: by });
  }

  /** Puts back what was remembered before a reload, without telling anybody. */
  restore(serviceId: string, alert: Alert | undefined, acknowledgedBy: string | undefined): void {
    const record = this.records.get(serviceId);
    if (record !== undefined) this.records.set(serviceId, { ...record, alert, acknowledgedBy });
  }

  restoreMaintenance(windows: readonly MaintenanceWindow[]): void {
    this.windows = windows;
  }

  restoreShown(): void {
    for (const [id, record] of this.records)
      this.records.set(id, { ...record, shown: this.snapshot(id)?.state ?? 'unknown' });
  }

  snapshot(serviceId: string): ServiceHealth | undefined {
    const record = this.records.get(serviceId);
    if (record === undefined) return undefined;
    const probes = this.probesOf(record.service);
    const own = ownHealth(probes, record.addedAtMs);
    const isBad = own.state === 'down' || own.state === 'pending';
    const blockedBy = isBad ? this.culprits(serviceId) : [];
    return {
      serviceId,
      state: blockedBy.length > 0 ? 'blocked' : own.state,
      sinceMs: own.sinceMs,
      blockedBy,
      reason: own.reason,
      probes,
      isAcknowledged: record.acknowledgedBy !== undefined,
      ...(record.acknowledgedBy === undefined ? {} : { acknowledgedBy: record.acknowledgedBy }),
      ...this.maintenanceOf(serviceId),
    };
  }

  refreshAll(): void {
    this.refresh([...this.records.keys()]);
  }

  /** Looks at services anew and tells what changed: shown states first, then alerts. */
  refresh(serviceIds: readonly string[]): void {
    const alerts: Alert[] = [];
    for (const id of serviceIds) {
      const record = this.records.get(id);
      const health = this.snapshot(id);
      if (record === undefined || health === undefined) continue;
      const blockedAtMs = health.blockedBy.length > 0 ? this.clock.monotonicMs() : record.blockedAtMs;
      const alert = this.alertOf({ ...record, blockedAtMs }, health);
      const isResolved = alert?.status === 'resolved' && record.alert?.status !== 'resolved';
      const acknowledgedBy = isResolved ? undefined : record.acknowledgedBy;
      this.records.set(id, { ...record, shown: health.state, alert, acknowledgedBy, blockedAtMs });
      if (health.state !== record.shown) this.changes.fire(this.transition(record, health));
      if (alert !== undefined && alert !== record.alert) alerts.push(alert);
    }
    for (const alert of alerts) this.alertChanges.fire(alert);
  }

  dispose(): void {
    this.changes.dispose();
    this.alertChanges.dispose();
  }

  private transition(record: ServiceRecord, health: ServiceHealth): ServiceTransition {
    return {
      serviceId: health.serviceId,
      atMs: this.clock.nowMs(),
      from: record.shown,
      to: health.state,
      reason: health.reason,
      blockedBy: health.blockedBy,
    };
  }

  private alertOf(record: ServiceRecord, health: ServiceHealth): Alert | undefined {
    const starts = health.probes.flatMap(probe => probe.failingSinceMs ?? []);
    const isDown = record.service.probes.some(target => this.book.get(target.id)?.state.isDown);
    return nextAlert(record.alert, {
      serviceId: health.serviceId,
      nowMs: this.clock.nowMs(),
      failingSinceMs: starts.length === 0 ? undefined : Math.min(...starts),
      isDown,
      isSilenced: health.isInMaintenance || this.isExcused(record),
      isFlapping: health.probes.some(probe => probe.isFlapping),
      reason: health.reason,
      blockedServices: isDown ? this.blockedBy(health.serviceId) : [],
    });
  }

  /** Blocked now, or so shortly ago that it may still be recovering from the culprit's failure. */
  private isExcused({ service, blockedAtMs }: ServiceRecord): boolean {
    if (blockedAtMs === undefined) return false;
    const forMs = Math.max(0, ...service.probes.map(target => target.forMs));
    const sinceMs = this.clock.monotonicMs() - blockedAtMs;
    return sinceMs === 0 || sinceMs < forMs;
  }

  private blockedBy(serviceId: string): readonly string[] {
    return this.graph
      .affectedBy(serviceId)
      .filter(id => id !== serviceId && this.own(id)?.isFailing && this.culprits(id).includes(serviceId));
  }

  private culprits(serviceId: string): readonly string[] {
    return culpritsOf(serviceId, this.graph, id => {
      const own = this.own(id);
      return {
        isFailing: own?.isFailing === true,
        isTransparent: own === undefined || own.state === 'unknown',
      };
    });
  }

  private own(serviceId: string): OwnHealth | undefined {
    const record = this.records.get(serviceId);
    return record === undefined ? undefined : ownHealth(this.probesOf(record.service), record.addedAtMs);
  }

  private probesOf(service: Service): readonly ProbeHealth[] {
    return service.probes.flatMap(target => this.book.snapshot(target.id) ?? []);
  }

  private maintenanceOf(id: string): Pick<ServiceHealth, 'isInMaintenance' | 'maintenanceUntilMs'> {
    const nowMs = this.clock.nowMs();
    const windows = this.windows.filter(
      ({ serviceIds, fromMs, untilMs }) =>
        nowMs >= fromMs && nowMs < untilMs && (serviceIds === undefined || serviceIds.includes(id)),
    );
    const maintenanceUntilMs = Math.max(0, ...windows.map(({ untilMs }) => untilMs));
    return windows.length === 0 ? { isInMaintenance: false } : { isInMaintenance: true, maintenanceUntilMs };
  }
}
