import type { SourceLink } from '../../base/source.ts';

/** What is checked, by kind. Durations are ms, sizes bytes. Secrets appear only as names (`secret:NAME`). */
export type ProbeSpec =
  | HttpProbeSpec
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'dns'; readonly name: string; readonly recordType: string; readonly expect?: string }
  | {
      readonly kind: 'tls';
      readonly host: string;
      readonly port: number;
      readonly serverName?: string;
      readonly warnDays: number;
    }
  | RedisProbeSpec
  | PostgresProbeSpec
  | { readonly kind: 'container'; readonly container: ContainerRef }
  | { readonly kind: 'engine'; readonly warnDiskPercent?: number }
  | {
      readonly kind: 'host';
      readonly warnCpuPercent?: number;
      readonly warnMemoryPercent?: number;
      readonly warnDiskPercent?: number;
      readonly path?: string;
    }
  | { readonly kind: 'command'; readonly command: string; readonly cwd?: string }
  | { readonly kind: 'prometheus'; readonly url: string; readonly query: string; readonly condition?: string }
  | {
      readonly kind: 'kubernetes';
      readonly workload: string;
      readonly namespace: string;
      readonly context?: string;
    }
  | { readonly kind: 'metrics'; readonly url: string; readonly series: readonly string[] };

export type ProbeKind = ProbeSpec['kind'];

export interface HttpProbeSpec {
  readonly kind: 'http';
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  /** Accepted status codes, e.g. `200`, `2xx`, `200-299`; default 2xx. */
  readonly status?: readonly string[];
  /** Conditions in the small language of `condition.ts`, e.g. `json.status == "ok"`, `latency < 500ms`. */
  readonly conditions?: readonly string[];
  readonly bodyPattern?: string;
  readonly degradedStatus?: readonly string[];
  readonly maxRedirects?: number;
  readonly warnCertificateDays?: number;
  /** An outside API: 401/403 mean reachable, 429 degraded. */
  readonly isExternalApi?: boolean;
}

export interface RedisProbeSpec {
  readonly kind: 'redis';
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly tls?: boolean;
  readonly username?: string;
  readonly passwordSecret?: string;
  readonly warnMemoryPercent?: number;
}

export interface PostgresProbeSpec {
  readonly kind: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly database?: string;
}

/** A container by what survives its re-creation. */
export type ContainerRef =
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'compose'; readonly project: string; readonly service: string; readonly number: number };

/** One check of one service: a child row in the Services tree. `id` is stable across reloads. */
export interface ProbeTarget {
  readonly id: string;
  readonly serviceId: string;
  readonly title: string;
  readonly spec: ProbeSpec;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** How long it must fail without a break before the alert fires. */
  readonly forMs: number;
  readonly source: SourceLink | undefined;
}

export interface Service {
  readonly id: string;
  readonly title: string;
  readonly dependsOn: readonly string[];
  readonly probes: readonly ProbeTarget[];
  /** Other names of the same thing (`postgres-container`, `testgen-postgres`). */
  readonly aliases: readonly string[];
  /** Runbook files declared for it. */
  readonly runbooks: readonly string[];
  readonly source: SourceLink | undefined;
}

/** How far a network exchange came, in ms from its start; a phase that was not reached is absent. */
export interface ProbePhases {
  readonly resolveMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs?: number;
  readonly bodyMs?: number;
}

/** `unknown` = cannot be judged from here (name does not resolve, tool missing, untrusted). */
export type Verdict = 'up' | 'degraded' | 'down' | 'unknown';

/** The result of one probe run. `seen` and `wanted` are short texts for people: "status 503", "200". */
export interface ProbeOutcome {
  readonly verdict: Verdict;
  readonly seen: string;
  readonly wanted: string | undefined;
  readonly atMs: number;
  readonly tookMs: number;
  readonly phases?: ProbePhases;
  /** Named values for tooltip and detail page, e.g. `hit rate` → `97 %`. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** What is shown. `blocked`: own probe fails and so does a dependency. */
export type HealthState = 'unknown' | 'up' | 'degraded' | 'pending' | 'down' | 'blocked' | 'stale';

export interface Transition {
  readonly atMs: number;
  readonly from: HealthState;
  readonly to: HealthState;
  readonly reason: string;
}

/** A service's shown state changed; `blockedBy` as in its snapshot. */
export interface ServiceTransition extends Transition {
  readonly serviceId: string;
  readonly blockedBy: readonly string[];
}

/** End of a maintenance window that lasts until it is ended. */
export const noEndMs = Number.MAX_SAFE_INTEGER;

/** A time in which failures raise nothing. Without `serviceIds` it is for all. */
export interface MaintenanceWindow {
  readonly serviceIds: readonly string[] | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A snapshot of one probe's state. */
export interface ProbeHealth {
  readonly targetId: string;
  readonly state: HealthState;
  readonly sinceMs: number;
  readonly last: ProbeOutcome | undefined;
  readonly lastFailure: ProbeOutcome | undefined;
  /** Start of the present unbroken run of failures. */
  readonly failingSinceMs: number | undefined;
  readonly isFlapping: boolean;
}

/** A snapshot of one service's state: the worst of its probes, seen together with its dependencies. */
export interface ServiceHealth {
  readonly serviceId: string;
  readonly state: HealthState;
  readonly sinceMs: number;
  /** The deepest failing dependencies when blocked. */
  readonly blockedBy: readonly string[];
  readonly reason: string;
  readonly probes: readonly ProbeHealth[];
  readonly isAcknowledged: boolean;
  readonly acknowledgedBy?: string;
  readonly isInMaintenance: boolean;
  /** `noEndMs` for a window that somebody has to end. */
  readonly maintenanceUntilMs?: number;
}

/** A service going down as its own root cause. `key` is stable while the outage lasts. */
export interface Alert {
  readonly key: string;
  readonly serviceId: string;
  readonly status: 'pending' | 'firing' | 'resolved';
  /** First failing probe, not the moment the threshold was passed. */
  readonly startedAtMs: number;
  readonly firedAtMs: number | undefined;
  readonly resolvedAtMs: number | undefined;
  readonly reason: string;
  readonly blockedServices: readonly string[];
}
