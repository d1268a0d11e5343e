import type { SourceLink } from '../../base/source.ts';
import type { ProbeHealth, ProbeTarget, Service, ServiceHealth } from '../../domain/health/model.ts';
import type { ProbeView, ServiceNeighbour, ServiceSnapshot } from '../../shared/serviceProtocol.ts';
import { maintenanceText } from '../services/servicesModel.ts';
import { type ProbePast, toDayLane, toHourLane, toLatencyBuckets } from './probePast.ts';

/** Services and their health as they are now, and each probe's past. */
export interface ServiceFacts {
  services(): readonly Service[];
  health(serviceId: string): ServiceHealth | undefined;
  history(targetId: string): ProbePast | undefined;
}

export interface SnapshotMoment {
  readonly revision: number;
  readonly nowMs: number;
  readonly timeZone: string;
}

const dayMs = 86_400_000;

/** Undefined when the service is no longer configured. */
export function toServiceSnapshot(
  facts: ServiceFacts,
  serviceId: string,
  moment: SnapshotMoment,
): ServiceSnapshot | undefined {
  const service = facts.services().find(one => one.id === serviceId);
  if (!service) return undefined;
  const health = facts.health(serviceId);
  const neighbours = (ids: readonly string[]) => ids.map(id => toNeighbour(facts, id));
  return {
    type: 'snapshot',
    ...moment,
    serviceId,
    title: service.title,
    state: health?.state ?? 'unknown',
    sinceMs: health?.sinceMs,
    reason: health?.reason ?? 'not checked yet',
    isAcknowledged: health?.isAcknowledged ?? false,
    acknowledgedBy: health?.acknowledgedBy,
    maintenance: maintenanceText(health),
    blockedBy: neighbours(health?.blockedBy ?? []),
    dependsOn: neighbours(service.dependsOn),
    source: toSourceText(service.source),
    runbooks: service.runbooks,
    probes: service.probes.map(target =>
      toProbeView(
        target,
        health?.probes.find(one => one.targetId === target.id),
        facts.history(target.id),
        moment.nowMs,
      ),
    ),
  };
}

function toNeighbour(facts: ServiceFacts, serviceId: string): ServiceNeighbour {
  const title = facts.services().find(one => one.id === serviceId)?.title ?? serviceId;
  return { serviceId, title, state: facts.health(serviceId)?.state ?? 'unknown' };
}

function toProbeView(
  target: ProbeTarget,
  health: ProbeHealth | undefined,
  past: ProbePast | undefined,
  nowMs: number,
): ProbeView {
  const last = health?.last;
  return {
    id: target.id,
    title: target.title,
    kind: target.spec.kind,
    state: health?.state ?? 'unknown',
    sinceMs: health?.sinceMs ?? nowMs,
    isFlapping: health?.isFlapping ?? false,
    everyMs: target.intervalMs,
    seen: last?.seen,
    wanted: last?.wanted,
    tookMs: last?.tookMs,
    phases: last?.phases,
    facts: Object.entries(last?.facts ?? {}),
    points: past?.samples ?? [],
    hourLane: past ? toHourLane(past, target.intervalMs, nowMs) : [],
    buckets: past ? toLatencyBuckets(past) : [],
    dayLane: past ? toDayLane(past, nowMs) : [],
    gaps: past?.gaps ?? [],
    failures: toFailures(past, health),
    uptime: past?.uptime(nowMs - dayMs),
    judgedMs: past?.judgedMs(nowMs - dayMs) ?? 0,
    source: toSourceText(target.source),
  };
}

/** The last failure is known even where no history was kept. */
function toFailures(past: ProbePast | undefined, health: ProbeHealth | undefined): ProbeView['failures'] {
  const known = past?.failures ?? [];
  const last = health?.lastFailure;
  const all = known.length === 0 && last ? [{ last, firstMs: last.atMs, count: 1 }] : known;
  return all
    .map(({ last: { atMs, seen, wanted, tookMs }, firstMs, count }) => ({
      ...{ atMs, firstMs, count, seen, wanted, tookMs },
    }))
    .reverse();
}

function toSourceText(source: SourceLink | undefined): string | undefined {
  return source && `${source.file}:${source.line}`;
}
