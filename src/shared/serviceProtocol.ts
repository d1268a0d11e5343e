import type { HealthState, ProbeKind, ProbePhases, Verdict } from '../domain/health/model.ts';
import type { LaneSpan } from '../domain/incident/model.ts';
import { isText, type MessageTable } from './fields.ts';

export interface LatencyPoint {
  readonly atMs: number;
  readonly tookMs: number;
  readonly verdict: Verdict;
}

/** Five minutes as one point; the three are of the checks that were answered. */
export interface LatencyBucket {
  readonly startMs: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
}

export interface ShownGap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
}

/** Failures that said the same one after the other. */
export interface FailureView {
  /** Of the last one. */
  readonly atMs: number;
  readonly firstMs: number;
  readonly count: number;
  readonly seen: string;
  readonly wanted: string | undefined;
  readonly tookMs: number;
}

export interface ProbeView {
  readonly id: string;
  readonly title: string;
  readonly kind: ProbeKind;
  readonly state: HealthState;
  readonly sinceMs: number;
  readonly isFlapping: boolean;
  readonly everyMs: number;
  readonly seen: string | undefined;
  readonly wanted: string | undefined;
  readonly tookMs: number | undefined;
  readonly phases: ProbePhases | undefined;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The last hour, check by check. */
  readonly points: readonly LatencyPoint[];
  readonly hourLane: readonly LaneSpan[];
  /** The last day, in buckets. */
  readonly buckets: readonly LatencyBucket[];
  readonly dayLane: readonly LaneSpan[];
  readonly gaps: readonly ShownGap[];
  /** Newest first. */
  readonly failures: readonly FailureView[];
  /** Share of the judged time of the last day that was up or degraded, 0 to 1. */
  readonly uptime: number | undefined;
  /** How much of the last day was judged. */
  readonly judgedMs: number;
  /** `watchkeeper.yaml:12` */
  readonly source: string | undefined;
}

export interface ServiceNeighbour {
  readonly serviceId: string;
  readonly title: string;
  readonly state: HealthState;
}

export interface ServiceSnapshot {
  readonly type: 'snapshot';
  readonly revision: number;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly serviceId: string;
  readonly title: string;
  readonly state: HealthState;
  readonly sinceMs: number | undefined;
  readonly reason: string;
  readonly isAcknowledged: boolean;
  readonly acknowledgedBy: string | undefined;
  /** `maintenance until 14:30`; undefined outside of any. */
  readonly maintenance: string | undefined;
  /** The failing services it waits for, deepest first; empty unless blocked. */
  readonly blockedBy: readonly ServiceNeighbour[];
  readonly dependsOn: readonly ServiceNeighbour[];
  readonly source: string | undefined;
  readonly runbooks: readonly string[];
  readonly probes: readonly ProbeView[];
}

export interface ServiceFailed {
  readonly type: 'failed';
  readonly text: string;
}

export type ServiceToPage = ServiceSnapshot | ServiceFailed;

export type ServiceToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'probeNow' }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'unacknowledge' }
  | { readonly type: 'openLogs' }
  | { readonly type: 'openSource' }
  | { readonly type: 'openProbeSource'; readonly probeId: string }
  | { readonly type: 'openRunbook'; readonly file: string }
  | { readonly type: 'openService'; readonly serviceId: string };

export const serviceMessages: MessageTable<ServiceToHost> = {
  ready: {},
  probeNow: {},
  acknowledge: {},
  unacknowledge: {},
  openLogs: {},
  openSource: {},
  openProbeSource: { probeId: isText },
  openRunbook: { file: isText },
  openService: { serviceId: isText },
};
