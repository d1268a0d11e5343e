import { HealthMonitor, type HealthMonitorOptions } from '../../src/app/healthMonitor.ts';
import type {
  Alert,
  ProbeOutcome,
  ProbeTarget,
  Service,
  ServiceTransition,
  Verdict,
} from '../../src/domain/health/model.ts';
import type { Probe } from '../../src/ports.ts';
import { FakeClock } from '../fakes/fakeClock.ts';

/** A probe whose answers are set by the test, by target id. */
export class ScriptedProbe implements Probe {
  readonly kind = 'tcp';
  readonly answers = new Map<string, Verdict | 'hang'>();
  readonly runs: { readonly id: string; readonly atMs: number }[] = [];
  inFlight = 0;
  maxInFlight = 0;
  tookMs = 5;
  private readonly clock: FakeClock;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  check(target: ProbeTarget): Promise<ProbeOutcome> {
    this.runs.push({ id: target.id, atMs: this.clock.monotonicMs() });
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    const verdict = this.answers.get(target.id) ?? 'up';
    return new Promise(resolve => {
      if (verdict === 'hang') return;
      this.clock.after(this.tookMs, () => {
        this.inFlight--;
        const seen = verdict === 'up' ? 'fine' : `${target.id} ${verdict}`;
        resolve({ verdict, seen, wanted: undefined, atMs: this.clock.nowMs(), tookMs: this.tookMs });
      });
    });
  }

  runsOf(id: string): readonly number[] {
    return this.runs.filter(run => run.id === id).map(run => run.atMs);
  }
}

export interface ServiceWish {
  readonly id: string;
  readonly dependsOn?: readonly string[];
  readonly intervalMs?: number;
  readonly forMs?: number;
  readonly host?: string;
}

export function service(wish: ServiceWish): Service {
  return {
    id: wish.id,
    title: wish.id,
    dependsOn: wish.dependsOn ?? [],
    probes: [
      {
        id: `${wish.id}/tcp`,
        serviceId: wish.id,
        title: 'tcp',
        spec: { kind: 'tcp', host: wish.host ?? wish.id, port: 1 },
        intervalMs: wish.intervalMs ?? 10_000,
        timeoutMs: 3_000,
        forMs: wish.forMs ?? 60_000,
        source: undefined,
      },
    ],
    aliases: [],
    runbooks: [],
    source: undefined,
  };
}

/** A monitor on a fake clock with scripted answers, and what it told. */
export class Scene {
  readonly clock = new FakeClock();
  readonly probe = new ScriptedProbe(this.clock);
  readonly monitor: HealthMonitor;
  readonly changes: ServiceTransition[] = [];
  readonly alerts: Alert[] = [];
  readonly checks: string[] = [];

  constructor(wishes: readonly ServiceWish[], options: HealthMonitorOptions = {}) {
    this.monitor = new HealthMonitor(() => this.probe, this.clock, options);
    this.monitor.onDidChange(change => this.changes.push(change));
    this.monitor.onDidChangeAlert(alert => this.alerts.push(alert));
    this.monitor.onDidCheck(id => this.checks.push(id));
    this.monitor.setServices(wishes.map(service));
  }

  set(serviceId: string, verdict: Verdict | 'hang'): void {
    this.probe.answers.set(`${serviceId}/tcp`, verdict);
  }

  state(serviceId: string): string | undefined {
    return this.monitor.service(serviceId)?.state;
  }

  /** Alerts that were raised, as `service firing` and `service resolved`, pending ones left out. */
  raised(): readonly string[] {
    return this.alerts
      .filter(alert => alert.firedAtMs !== undefined && alert.status !== 'pending')
      .map(alert => `${alert.serviceId} ${alert.status}`);
  }
}
