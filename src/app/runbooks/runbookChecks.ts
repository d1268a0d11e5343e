import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Emitter, type Event } from '../../base/emitter.ts';
import type { Problem } from '../../base/source.ts';
import { readinessProblems } from '../../domain/incident/readiness.ts';
import type { LintFacts } from '../../domain/runbook/lint/rule.ts';
import type { Runbook } from '../../domain/runbook/model.ts';

/** The runbooks as the index has them. */
export interface CheckedRunbooks {
  runbooks(): readonly Runbook[];
  get(file: string): Runbook | undefined;
  textOf(file: string): string | undefined;
  /** Fires with a file, or with `''` when many may be other. */
  readonly onDidChange: Event<string>;
}

export interface RunbookChecksOptions {
  readonly index: CheckedRunbooks;
  readonly lint: (runbook: Runbook, text: string, facts: LintFacts) => readonly Problem[];
  /** Whether a path relative to the workspace is a file or folder. */
  readonly exists: (path: string) => Promise<boolean>;
  /** Whether a program can be found here; undefined while that cannot be said. */
  readonly tools: () => Promise<((program: string) => boolean) | undefined>;
  readonly clock: Clock;
}

const settleMs = 400;
const sliceMs = 4;

/** Everything that is wrong with runbooks, file by file; only what changed is looked at again. */
export class RunbookChecks implements Disposable {
  private readonly options: RunbookChecksOptions;
  private readonly found = new Emitter<{ readonly file: string; readonly problems: readonly Problem[] }>();
  private readonly subscription: Disposable;
  private readonly checked = new Map<string, Runbook>();
  private readonly linted = new Map<string, readonly Problem[]>();
  private readonly told = new Map<string, string>();
  private timer: Disposable | undefined;
  private round = new AbortController();

  /** Fires with all problems of a file, whenever they are others than before. */
  readonly onDidCheck = this.found.event;

  constructor(options: RunbookChecksOptions) {
    this.options = options;
    this.subscription = options.index.onDidChange(() => this.checkSoon());
  }

  /** Looks at everything anew: files or programs may have come or gone. */
  recheckAll(): void {
    this.checked.clear();
    this.checkSoon();
  }

  problemsOf(file: string): readonly Problem[] {
    return this.linted.get(file) ?? [];
  }

  dispose(): void {
    this.round.abort();
    this.timer?.dispose();
    this.subscription.dispose();
    this.found.dispose();
  }

  private checkSoon(): void {
    this.timer?.dispose();
    this.timer = this.options.clock.after(settleMs, () => void this.check());
  }

  private async check(): Promise<void> {
    this.round.abort();
    this.round = new AbortController();
    const { signal } = this.round;
    const { index, clock } = this.options;
    const runbooks = index.runbooks();
    const readiness = readinessProblems(runbooks);
    const hasTool = await this.options.tools();
    let startMs = clock.monotonicMs();
    for (const runbook of runbooks) {
      if (signal.aborted) return;
      const own = readiness.filter(({ file }) => file === runbook.file);
      await this.checkOne(runbook, own, hasTool);
      if (clock.monotonicMs() - startMs < sliceMs) continue;
      await sleep(clock, 0, signal);
      startMs = clock.monotonicMs();
    }
    for (const file of this.told.keys()) if (!index.get(file)) this.forget(file);
  }

  private async checkOne(
    runbook: Runbook,
    readiness: readonly Problem[],
    hasTool: LintFacts['hasTool'],
  ): Promise<void> {
    const { file } = runbook;
    const text = this.options.index.textOf(file);
    if (text === undefined || this.options.index.get(file) !== runbook) return;
    if (this.checked.get(file) !== runbook) {
      const exists = await this.existing(runbook, text);
      if (this.options.index.get(file) !== runbook) return;
      this.linted.set(file, this.options.lint(runbook, text, { exists, hasTool }));
      this.checked.set(file, runbook);
    }
    const linted = this.linted.get(file) ?? [];
    this.tell(file, [...linted, ...readiness.filter(problem => !isTold(problem, linted))]);
  }

  /** Which of the paths that the rules ask about exist: asked once without an answer, then looked up. */
  private async existing(runbook: Runbook, text: string): Promise<(path: string) => boolean> {
    const asked = new Set<string>();
    const note = (path: string) => {
      asked.add(path);
      return true;
    };
    this.options.lint({ ...runbook, steps: [] }, text, { exists: note, hasTool: undefined });
    const present = await Promise.all(
      [...asked].map(async path => ((await this.options.exists(path).catch(() => true)) ? [path] : [])),
    );
    const there = new Set(present.flat());
    return path => there.has(path) || !asked.has(path);
  }

  private forget(file: string): void {
    this.linted.delete(file);
    this.checked.delete(file);
    this.tell(file, []);
  }

  private tell(file: string, problems: readonly Problem[]): void {
    const key = JSON.stringify(problems);
    if ((this.told.get(file) ?? '[]') === key) return;
    if (problems.length === 0) this.told.delete(file);
    else this.told.set(file, key);
    this.found.fire({ file, problems });
  }
}

/** The rules for one runbook and those for an incident both look at contacts: once is enough. */
function isTold({ code, line }: Problem, linted: readonly Problem[]): boolean {
  return (
    code === 'contact-unset' && linted.some(other => other.code === 'unset-contact' && other.line === line)
  );
}
