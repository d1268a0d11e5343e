import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { isOnePod } from '../../domain/logs/model.ts';
import type { PodLogs } from '../../ports.ts';
import { type LogSource, toSourceId } from './logSource.ts';

/** Of a workload; each of them costs the cluster a stream. */
export const mostPods = 10;
const lookEveryMs = 5000;
/** A cluster that does not answer keeps nobody waiting: what was wanted then stands for itself and says why. */
const firstLimitMs = 4000;

export interface FollowedParts {
  readonly pods: PodLogs | undefined;
  readonly clock: Clock;
}

/**
 * What was asked for, with every workload of a cluster as its running pods, each a source by its own name. Pods come
 * and go: new ones join, and those that are gone stay, with their last lines, while there is room.
 */
export class FollowedSources implements Disposable {
  private readonly parts: FollowedParts;
  private readonly life = new AbortController();
  private readonly changes = new Emitter<void>();
  private readonly groups: { readonly wanted: LogSource; shown: readonly LogSource[]; running: number }[];

  /** `sources` may differ from before. */
  readonly onDidChange = this.changes.event;

  constructor(wanted: readonly LogSource[], parts: FollowedParts) {
    this.parts = parts;
    this.groups = wanted.map(source => ({ wanted: source, shown: [source], running: 0 }));
  }

  get sources(): readonly LogSource[] {
    return this.groups.flatMap(({ shown }) => shown);
  }

  /** Running pods that are too many to be followed. */
  get left(): number {
    return this.groups.reduce((sum, { running }) => sum + Math.max(0, running - mostPods), 0);
  }

  /** Resolves when the first look has been answered, or has taken too long; from then on changes are told. */
  async start(): Promise<void> {
    if (this.parts.pods === undefined || !this.groups.some(({ wanted }) => isWorkload(wanted))) return;
    const limit = new AbortController();
    const first = this.look();
    await Promise.race([first, sleep(this.parts.clock, firstLimitMs, limit.signal)]);
    limit.abort();
    void this.watch(first);
  }

  dispose(): void {
    this.life.abort();
    this.changes.dispose();
  }

  private async watch(first: Promise<void>): Promise<void> {
    await first;
    while (!this.life.signal.aborted) {
      await sleep(this.parts.clock, lookEveryMs, this.life.signal);
      if (!this.life.signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    const before = this.sources.map(toSourceId).join();
    for (const group of this.groups) {
      if (group.wanted.kind !== 'pod' || !isWorkload(group.wanted)) continue;
      const { pod } = group.wanted;
      const names = await this.parts.pods?.namesOf(pod, this.life.signal).catch(() => []);
      if (names === undefined || names.length === 0) continue;
      group.running = names.length;
      group.shown = merged(
        group.shown.filter(source => source !== group.wanted),
        names.map(name => ({ kind: 'pod', pod: { ...without(pod), target: name } })),
      );
    }
    if (this.sources.map(toSourceId).join() !== before) this.changes.fire();
  }
}

/** Those that are there first, each in the place that it had. */
function merged(before: readonly LogSource[], running: readonly LogSource[]): readonly LogSource[] {
  const ids = new Set(running.map(toSourceId));
  const gone = before.filter(source => !ids.has(toSourceId(source))).toReversed();
  const kept = [...running, ...gone].slice(0, mostPods);
  const keptIds = new Set(kept.map(toSourceId));
  const known = new Set(before.map(toSourceId));
  return [
    ...before.filter(source => keptIds.has(toSourceId(source))),
    ...kept.filter(source => !known.has(toSourceId(source))),
  ];
}

function without({ selector: _, ...pod }: Extract<LogSource, { kind: 'pod' }>['pod']) {
  return pod;
}

function isWorkload(source: LogSource): boolean {
  return source.kind === 'pod' && !isOnePod(source.pod);
}
