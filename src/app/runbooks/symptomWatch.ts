import { type Clock, sleep } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposables.ts';
import { Emitter, type Event } from '../../base/emitter.ts';
import type { Runbook } from '../../domain/runbook/model.ts';
import type { Evidence, SymptomMatch } from '../../domain/runbook/symptoms.ts';

export interface SymptomWatchOptions {
  readonly index: { runbooks(): readonly Runbook[]; readonly onDidChange: Event<string> };
  /** What is known right now; undefined while nothing fails. */
  readonly gather: () => Promise<Evidence | undefined>;
  readonly match: (runbook: Runbook, evidence: Evidence) => readonly SymptomMatch[];
  /** Health is another than before. */
  readonly onDidChangeHealth: Event<unknown>;
  readonly clock: Clock;
}

const settleMs = 600;
const sliceMs = 4;
/** One weak hit among many symptoms fits anything. */
const leastScore = 0.25;
/** How near to the best match another one must come to be worth a mark as well. */
const nearBest = 0.7;

/** "What fits?": the sections of runbooks whose symptoms are seen right now. Does nothing while all is up. */
export class SymptomWatch implements Disposable {
  private readonly options: SymptomWatchOptions;
  private readonly changed = new Emitter<void>();
  private readonly store = new DisposableStore();
  private timer: Disposable | undefined;
  private round = new AbortController();
  private fits: ReadonlyMap<string, readonly SymptomMatch[]> = new Map();

  readonly onDidChange = this.changed.event;

  constructor(options: SymptomWatchOptions) {
    this.options = options;
    this.store.add(options.onDidChangeHealth(() => this.refreshSoon()));
    this.store.add(options.index.onDidChange(() => this.refreshSoon()));
  }

  /** The likely sections of a runbook, likeliest first; empty when it does not fit. */
  matches(file: string): readonly SymptomMatch[] {
    return this.fits.get(file) ?? [];
  }

  /** How many sections of all runbooks fit. */
  get count(): number {
    return [...this.fits.values()].reduce((sum, matches) => sum + matches.length, 0);
  }

  refreshSoon(): void {
    this.timer?.dispose();
    this.timer = this.options.clock.after(settleMs, () => void this.refresh());
  }

  dispose(): void {
    this.round.abort();
    this.timer?.dispose();
    this.store.dispose();
    this.changed.dispose();
  }

  private async refresh(): Promise<void> {
    this.round.abort();
    this.round = new AbortController();
    const { signal } = this.round;
    const evidence = await this.options.gather();
    const found = evidence ? await this.matchAll(evidence, signal) : new Map();
    if (signal.aborted) return;
    const isSame = JSON.stringify([...found]) === JSON.stringify([...this.fits]);
    this.fits = found;
    if (!isSame) this.changed.fire();
  }

  private async matchAll(
    evidence: Evidence,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly SymptomMatch[]>> {
    const { index, match, clock } = this.options;
    const all = new Map<string, readonly SymptomMatch[]>();
    let startMs = clock.monotonicMs();
    for (const runbook of index.runbooks()) {
      const matches = match(runbook, evidence);
      if (matches.length > 0) all.set(runbook.file, matches);
      if (clock.monotonicMs() - startMs < sliceMs) continue;
      await sleep(clock, 0, signal);
      if (signal.aborted) return all;
      startMs = clock.monotonicMs();
    }
    return likelyOf(all);
  }
}

function likelyOf(
  all: ReadonlyMap<string, readonly SymptomMatch[]>,
): ReadonlyMap<string, readonly SymptomMatch[]> {
  const best = Math.max(0, ...[...all.values()].flatMap(matches => matches.map(({ score }) => score)));
  const least = Math.max(leastScore, best * nearBest);
  return new Map(
    [...all].flatMap(([file, matches]) => {
      const likely = matches.filter(({ score }) => score >= least);
      return likely.length > 0 ? [[file, likely] as const] : [];
    }),
  );
}
