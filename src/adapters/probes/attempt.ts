import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbePhases, ProbeTarget } from '../../domain/health/model.ts';
import { type Finding, networkFinding } from './networkProblem.ts';

/** Phases while they come in. */
export type PhaseNotes = { -readonly [Name in keyof ProbePhases]?: number };

/** One run of a probe: its times, and the outcome made from what was found. */
export class Attempt {
  readonly target: ProbeTarget;
  readonly phases: PhaseNotes = {};
  private readonly clock: Clock;
  private readonly atMs: number;
  private startMs: number;
  private hasBegun = false;
  private endedAfterMs: number | undefined;

  constructor(target: ProbeTarget, clock: Clock) {
    this.target = target;
    this.clock = clock;
    this.atMs = clock.nowMs();
    this.startMs = clock.monotonicMs();
  }

  elapsedMs(): number {
    return this.clock.monotonicMs() - this.startMs;
  }

  /** The first time that anything is asked of the other side: what came before was our own work and not its time. */
  begin(): void {
    if (!this.hasBegun) this.startMs = this.clock.monotonicMs();
    this.hasBegun = true;
  }

  /** When the other side was done: what follows is our own work and not its time. */
  end(afterMs: number | undefined): void {
    this.endedAfterMs = afterMs;
  }

  get tookMs(): number {
    return this.endedAfterMs ?? this.elapsedMs();
  }

  /** Notes when a phase was over, ms from the start; of repeated ones (redirects) the last counts. */
  note(phase: keyof ProbePhases): void {
    this.phases[phase] = this.elapsedMs();
  }

  outcome(
    finding: Finding & { readonly wanted?: string | undefined },
    facts?: Readonly<Record<string, string>>,
  ): ProbeOutcome {
    return {
      verdict: finding.verdict,
      seen: finding.seen,
      wanted: finding.wanted,
      atMs: this.atMs,
      tookMs: this.tookMs,
      ...(Object.keys(this.phases).length === 0 ? {} : { phases: { ...this.phases } }),
      ...(facts === undefined || Object.keys(facts).length === 0 ? {} : { facts }),
    };
  }

  failed(error: unknown): ProbeOutcome {
    return this.outcome(networkFinding(error));
  }

  /** The deadline passed: says how far it had come. */
  timedOut(): ProbeOutcome {
    const limit = seconds(this.target.timeoutMs);
    return this.outcome({
      verdict: 'down',
      seen: `${this.missing()} within ${limit}`,
      wanted: `an answer within ${limit}`,
    });
  }

  private missing(): string {
    const { connectMs, tlsMs, firstByteMs } = this.phases;
    if (firstByteMs !== undefined) return 'the answer did not end';
    if (tlsMs !== undefined) return 'connected with TLS, but no answer';
    if (connectMs !== undefined) return 'connected, but no answer';
    return 'no connection';
  }
}

export function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}

/** Settles with `onAbort` as soon as the signal aborts; what `run` does afterwards is ignored. */
export function untilAbort<T>(signal: AbortSignal, onAbort: () => T, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(onAbort());
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const finish = () => signal.removeEventListener('abort', abort);
    run().then(resolve, reject).finally(finish);
  });
}
