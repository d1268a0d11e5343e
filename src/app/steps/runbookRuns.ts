import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText } from '../../base/errors.ts';
import { judgeOutcome } from '../../domain/runbook/outcome.ts';
import type { RunningStep, StepOutcome, StepTerminal } from '../../ports.ts';
import { toOrder } from './lostRuns.ts';
import type { HealthSnapshot, StepOrder, StepRun } from './stepRun.ts';

/** Health as the judge of a changing step: an exit code is not the truth. */
export interface HealthJudge {
  snapshot(services: readonly string[]): HealthSnapshot;
  /** Probes again until all are up, or for `timeoutMs`; resolves with what was seen last. */
  untilUp(services: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<HealthSnapshot>;
}

export interface RunbookRunsOptions {
  readonly terminal: StepTerminal;
  readonly health: HealthJudge;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly recoveryWaitMs: () => number;
  /** Makes the ids of runs unique among all windows; they are in the journal. */
  readonly windowId?: string;
}

/** For runs that nobody watches: another place to run in, and somebody else who may stop them. */
export interface RunAside {
  readonly terminal: StepTerminal;
  readonly signal: AbortSignal;
}

type EndedRun = Pick<StepRun, 'status' | 'output' | 'tookMs' | 'exitCode' | 'meaning'>;

interface ActiveRun {
  readonly abort: AbortController;
  readonly terminal: StepTerminal;
  run: StepRun;
}

/** Owns what became of every step that was run in this window. */
export class RunbookRuns implements Disposable {
  private readonly options: RunbookRunsOptions;
  private readonly latest = new Map<string, StepRun>();
  private readonly active = new Map<string, ActiveRun>();
  private readonly changed = new Emitter<StepRun>();
  private readonly finished = new Emitter<StepRun>();
  private counter = 0;
  private lastOrder: StepOrder | undefined;

  /** Fires on every change of a run's state, with the run as it is now. */
  readonly onDidChange = this.changed.event;
  /** Fires once for each run, when its result and the health after it are known. */
  readonly onDidFinish = this.finished.event;

  constructor(options: RunbookRunsOptions) {
    this.options = options;
  }

  get(stepId: string): StepRun | undefined {
    return this.latest.get(stepId);
  }

  get running(): readonly StepRun[] {
    return [...this.active.values()].map(({ run }) => run);
  }

  get last(): StepOrder | undefined {
    return this.lastOrder;
  }

  async run(order: StepOrder, aside?: RunAside): Promise<StepRun> {
    const { clock } = this.options;
    const runId = this.newId();
    if (aside === undefined) this.lastOrder = order;
    const entry: ActiveRun = {
      abort: new AbortController(),
      terminal: aside?.terminal ?? this.options.terminal,
      run: newRun(runId, order, clock.nowMs()),
    };
    const stop = () => entry.abort.abort();
    aside?.signal.addEventListener('abort', stop, { once: true });
    if (aside?.signal.aborted) stop();
    this.active.set(runId, entry);
    this.update(entry, {});
    const isJudged = order.risk !== 'read' && order.services.length > 0;
    const before = isJudged ? this.options.health.snapshot(order.services) : undefined;
    this.update(entry, { status: 'running', startedAtMs: clock.nowMs(), before });
    const outcome = await this.execute(entry);
    aside?.signal.removeEventListener('abort', stop);
    const result = this.judged(order, outcome, entry.abort.signal.aborted);
    if (isJudged && !entry.abort.signal.aborted) await this.recover(entry, result);
    else this.update(entry, result);
    this.active.delete(runId);
    this.finished.fire(entry.run);
    return entry.run;
  }

  /** Interrupts the newest run of the step, or every run when no step is named. */
  stop(stepId?: string): void {
    for (const { abort, run } of this.active.values()) {
      if (stepId === undefined || run.order.stepId === stepId) abort.abort();
    }
  }

  /** "I ran it elsewhere": an outcome that a person vouches for. */
  record(order: StepOrder, exitCode: number, output: string): StepRun {
    const now = this.options.clock.nowMs();
    const run: StepRun = {
      ...newRun(this.newId(), order, now),
      ...judgeOutcomeOf(order, exitCode),
      exitCode,
      output: this.options.redact(output),
      meaning: 'run elsewhere',
    };
    this.latest.set(order.stepId, run);
    this.changed.fire(run);
    this.finished.fire(run);
    return run;
  }

  /** A step of a window that is gone: nobody saw how it ended, or what became of its services. */
  lose(step: RunningStep): StepRun {
    const run: StepRun = {
      ...newRun(step.runId, toOrder(step), step.startedAtMs),
      ...lostOutcome(step),
      startedAtMs: step.startedAtMs,
      isFromBefore: true,
    };
    const shown = this.latest.get(step.stepId);
    if (shown === undefined || shown.queuedAtMs <= run.queuedAtMs) this.latest.set(step.stepId, run);
    this.changed.fire(run);
    this.finished.fire(run);
    return run;
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
    this.finished.dispose();
  }

  private newId(): string {
    const { windowId } = this.options;
    return ['run', ...(windowId === undefined ? [] : [windowId]), ++this.counter].join('-');
  }

  private async execute({ terminal, run, abort }: ActiveRun): Promise<StepOutcome> {
    try {
      return await terminal.run(run.order, abort.signal);
    } catch (error) {
      return { kind: 'unknown', reason: errorText(error), output: '', tookMs: 0 };
    }
  }

  private judged(order: StepOrder, outcome: StepOutcome, isStopped: boolean): EndedRun {
    const output = this.options.redact(outcome.output);
    const common = { output, tookMs: outcome.tookMs };
    if (outcome.kind === 'unknown') {
      return {
        ...common,
        status: isStopped ? 'stopped' : 'unknown',
        exitCode: undefined,
        meaning: outcome.reason,
      };
    }
    const { status, meaning } = judgeOutcomeOf(order, outcome.exitCode);
    return { ...common, status: isStopped ? 'stopped' : status, exitCode: outcome.exitCode, meaning };
  }

  /** Not over before the health is known: who hears of the end hears of both. */
  private async recover(entry: ActiveRun, result: EndedRun): Promise<void> {
    this.update(entry, { ...result, status: 'recovering' });
    const after = await this.options.health.untilUp(
      entry.run.order.services,
      this.options.recoveryWaitMs(),
      entry.abort.signal,
    );
    this.update(entry, { status: result.status, after });
  }

  private update(entry: ActiveRun, change: Partial<StepRun>): void {
    entry.run = { ...entry.run, ...change };
    const shown = this.latest.get(entry.run.order.stepId);
    // An older run of the same step must not paint over a newer one.
    if (shown === undefined || shown.queuedAtMs <= entry.run.queuedAtMs)
      this.latest.set(entry.run.order.stepId, entry.run);
    this.changed.fire(entry.run);
  }
}

function lostOutcome({ ended, command, mode }: RunningStep): Partial<StepRun> {
  if (ended === undefined)
    return { status: 'unknown', meaning: 'the window was reloaded or closed before it ended' };
  const { result, meaning } = judgeOutcome(command, ended.exitCode, mode);
  return { ...ended, status: result, meaning };
}

function judgeOutcomeOf(order: StepOrder, exitCode: number): Pick<StepRun, 'status' | 'meaning'> {
  const { result, meaning } = judgeOutcome(order.command, exitCode, order.mode);
  return { status: result, meaning };
}

function newRun(runId: string, order: StepOrder, nowMs: number): StepRun {
  return {
    runId,
    order,
    status: 'queued',
    queuedAtMs: nowMs,
    startedAtMs: undefined,
    tookMs: undefined,
    exitCode: undefined,
    meaning: undefined,
    output: '',
    before: undefined,
    after: undefined,
  };
}
