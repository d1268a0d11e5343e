import { Ring } from '../../base/ring.ts';
import type { Alert, HealthState } from '../../domain/health/model.ts';
import type { BacklogItem } from './deskTypes.ts';
import type { ServiceTransition } from './recorderInputs.ts';
import { alertFact, type Fact, standingFact } from './toFacts.ts';

export const backlogMs = 30 * 60_000;
const maxItems = 5_000;

/** The last half hour before there was an incident, and how things stood when it began. */
export class Backlog {
  private readonly items = new Ring<BacklogItem>(maxItems);
  private readonly states = new Map<string, { readonly title: string; readonly state: HealthState }>();
  private readonly firing = new Map<string, Alert>();
  private readonly titleOf: (serviceId: string) => string;

  constructor(titleOf: (serviceId: string) => string) {
    this.titleOf = titleOf;
  }

  add(fact: Fact, observedAtMs: number): void {
    const { event, atMs, source } = fact;
    this.items.push({ event, atMs, observedAtMs, source });
  }

  noteState({ serviceId, title, transition }: ServiceTransition): void {
    this.states.set(serviceId, { title, state: transition.to });
  }

  noteAlert(alert: Alert): void {
    if (alert.status === 'firing') this.firing.set(alert.key, alert);
    else this.firing.delete(alert.key);
  }

  /** Oldest first. An alert that still fires is in it however long ago it began, and so is each service's state. */
  at(nowMs: number): readonly BacklogItem[] {
    const recent = this.items.toArray().filter(item => nowMs - item.observedAtMs <= backlogMs);
    const keys = new Set(recent.map(item => item.source?.key));
    const old = [...this.firing.values()].flatMap(alert => {
      const fact = alertFact(alert, this.titleOf);
      if (fact === undefined || keys.has(fact.source.key)) return [];
      const { event, atMs, source } = fact;
      return [{ event, atMs, observedAtMs: alert.firedAtMs ?? nowMs, source }];
    });
    const standing = [...this.states].map(([serviceId, { title, state }]) => {
      const { event, source } = standingFact(serviceId, title, state, nowMs);
      return { event, atMs: nowMs, observedAtMs: nowMs, source };
    });
    return [...old, ...recent, ...standing].sort((a, b) => a.atMs - b.atMs);
  }
}
