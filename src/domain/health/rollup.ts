import type { HealthState, ProbeHealth, Service } from './model.ts';

/** One service before its dependencies are looked at. */
export interface OwnHealth {
  readonly state: HealthState;
  readonly sinceMs: number;
  readonly reason: string;
  /** At least one probe is failing, certain or not. */
  readonly isFailing: boolean;
}

const worstFirst: readonly HealthState[] = ['down', 'pending', 'degraded', 'stale'];

/**
 * A service is as bad as its worst probe. Probes that cannot be judged from here do not hide one that is up, but
 * a service with nothing up is never up.
 */
export function ownHealth(probes: readonly ProbeHealth[], sinceMs: number): OwnHealth {
  const isFailing = probes.some(probe => probe.failingSinceMs !== undefined);
  for (const state of worstFirst) {
    const same = probes.filter(probe => probe.state === state);
    const [first] = [...same].sort((a, b) => a.sinceMs - b.sinceMs);
    if (first !== undefined) return { state, sinceMs: first.sinceMs, reason: reasonOf(first), isFailing };
  }
  const up = probes.filter(probe => probe.state === 'up');
  const unjudged = probes.find(probe => probe.state === 'unknown' && probe.last !== undefined);
  if (up.length > 0) {
    const since = Math.max(...up.map(probe => probe.sinceMs));
    return {
      state: 'up',
      sinceMs: since,
      reason: unjudged === undefined ? '' : reasonOf(unjudged),
      isFailing,
    };
  }
  const since = Math.max(sinceMs, ...probes.map(probe => probe.sinceMs));
  return { state: 'unknown', sinceMs: since, reason: reasonOf(unjudged ?? probes[0]), isFailing };
}

function reasonOf(probe: ProbeHealth | undefined): string {
  if (probe === undefined) return 'nothing is checked';
  const isBad = probe.state === 'down' || probe.state === 'pending';
  const outcome = isBad ? (probe.lastFailure ?? probe.last) : probe.last;
  return outcome?.seen ?? 'not checked yet';
}

/** Looks services up by id or alias. */
export class ServiceGraph {
  private readonly ids = new Map<string, string>();
  private readonly services = new Map<string, Service>();
  private readonly dependants = new Map<string, string[]>();

  constructor(services: readonly Service[]) {
    for (const service of services) this.services.set(service.id, service);
    for (const service of services)
      for (const alias of [...service.aliases, service.id])
        if (alias === service.id || !this.ids.has(alias)) this.ids.set(alias, service.id);
    for (const { id } of services)
      for (const dependency of this.dependenciesOf(id))
        this.dependants.set(dependency, [...(this.dependants.get(dependency) ?? []), id]);
  }

  /** Existing services only; an unknown name is the configuration's matter. */
  dependenciesOf(serviceId: string): readonly string[] {
    const names = this.services.get(serviceId)?.dependsOn ?? [];
    const ids = names.map(name => this.ids.get(name)).filter(id => id !== undefined && id !== serviceId);
    return [...new Set(ids)].filter(id => id !== undefined);
  }

  /** All services whose state may change with this one, itself first. */
  affectedBy(serviceId: string): readonly string[] {
    return this.reach(serviceId, id => this.dependants.get(id) ?? []);
  }

  /** The service and everything it needs, directly or not. */
  needsOf(serviceId: string): readonly string[] {
    return this.reach(serviceId, id => this.dependenciesOf(id));
  }

  private reach(start: string, next: (id: string) => readonly string[]): readonly string[] {
    const found = new Set([start]);
    for (const id of found) for (const other of next(id)) found.add(other);
    return [...found];
  }
}

/** What the search for the culprit asks about a service. */
export interface BlameFacts {
  readonly isFailing: boolean;
  /** Without own checks, or with none that can be judged: one looks through it at what it needs. */
  readonly isTransparent: boolean;
}

/**
 * The deepest failing services that this one needs, in a stable order; empty when it can blame nobody. A circle
 * of dependencies blames nobody within itself.
 */
export function culpritsOf(
  serviceId: string,
  graph: ServiceGraph,
  factsOf: (id: string) => BlameFacts,
): readonly string[] {
  // An entry is made before going deeper, so that a circle ends.
  const known = new Map<string, readonly string[]>();
  const below = (id: string): readonly string[] => {
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, []);
    const found = graph.dependenciesOf(id).flatMap(dependency => {
      const facts = factsOf(dependency);
      if (!facts.isFailing && !facts.isTransparent) return [];
      const deeper = below(dependency);
      return deeper.length > 0 || !facts.isFailing ? deeper : [dependency];
    });
    known.set(id, found);
    return found;
  };
  return [...new Set(below(serviceId))].filter(id => !graph.needsOf(id).includes(serviceId)).sort();
}
