import type { Clock } from '../../base/clock.ts';
import { ProbeHistory } from '../../domain/health/history.ts';
import type { Gap } from '../../domain/health/historyModel.ts';
import type { ProbeHealth, ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import {
  applyOutcome,
  forgetPending,
  isFlapping,
  newProbeState,
  type ProbeState,
} from '../../domain/health/probeState.ts';
import { staleAfterMs } from '../../domain/health/schedule.ts';

/** Everything remembered about one probe. */
export interface ProbeRecord {
  readonly target: ProbeTarget;
  readonly state: ProbeState;
  readonly history: ProbeHistory;
  /** Monotonic time of the last result; undefined when the time since is of no meaning. */
  readonly heardAtMs: number | undefined;
}

/** The records of all probes by id. */
export class ProbeBook {
  private readonly clock: Clock;
  private readonly records = new Map<string, ProbeRecord>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Known ids keep what is remembered, also when what they check was changed. */
  setTargets(targets: readonly ProbeTarget[]): void {
    const wanted = new Set(targets.map(target => target.id));
    for (const id of [...this.records.keys()]) if (!wanted.has(id)) this.records.delete(id);
    for (const target of targets) {
      const known = this.records.get(target.id);
      this.records.set(target.id, known === undefined ? this.newRecord(target) : { ...known, target });
    }
  }

  /** What was found here later than that is kept. */
  restore(id: string, state: ProbeState, history: ProbeHistory): void {
    const known = this.records.get(id);
    if (known === undefined) return;
    if (known.heardAtMs !== undefined && (state.last?.atMs ?? 0) <= (known.state.last?.atMs ?? 0)) return;
    this.records.set(id, { target: known.target, state, history, heardAtMs: undefined });
  }

  get(id: string): ProbeRecord | undefined {
    return this.records.get(id);
  }

  all(): Iterable<ProbeRecord> {
    return this.records.values();
  }

  add(id: string, outcome: ProbeOutcome): ProbeRecord | undefined {
    const record = this.records.get(id);
    if (record === undefined) return undefined;
    const nowMs = this.clock.monotonicMs();
    const elapsedMs = record.heardAtMs === undefined ? 0 : nowMs - record.heardAtMs;
    record.history.add(outcome, Math.min(elapsedMs, 2 * record.target.intervalMs));
    const state = applyOutcome(record.state, outcome, elapsedMs, record.target.forMs);
    const after = { ...record, state, heardAtMs: nowMs };
    this.records.set(id, after);
    return after;
  }

  /** Nothing is known about the stretch: it becomes a gap where it is long enough to be seen. */
  addGap(gap: Gap): void {
    for (const [id, record] of this.records) {
      if (gap.toMs - gap.fromMs > 2 * record.target.intervalMs) record.history.addGap(gap);
      this.records.set(id, { ...record, state: forgetPending(record.state), heardAtMs: undefined });
    }
  }

  isStale(record: ProbeRecord): boolean {
    if (record.heardAtMs === undefined || record.state.last === undefined) return false;
    const { intervalMs, timeoutMs } = record.target;
    return this.clock.monotonicMs() - record.heardAtMs > staleAfterMs(intervalMs, timeoutMs);
  }

  snapshot(id: string): ProbeHealth | undefined {
    const record = this.records.get(id);
    if (record === undefined) return undefined;
    const { state } = record;
    return {
      targetId: id,
      state: this.isStale(record) ? 'stale' : state.state,
      sinceMs: state.sinceMs,
      last: state.last,
      lastFailure: state.lastFailure,
      failingSinceMs: state.failingSinceMs,
      isFlapping: isFlapping(state, this.clock.nowMs()),
    };
  }

  private newRecord(target: ProbeTarget): ProbeRecord {
    const state = newProbeState(this.clock.nowMs());
    return { target, state, history: new ProbeHistory(), heardAtMs: undefined };
  }
}
