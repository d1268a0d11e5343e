import type { StepRun } from './stepRun.ts';

export interface DiagnosisOptions<T> {
  /** Undefined for a step that did not begin, because of cancelling. */
  readonly run: (step: T) => Promise<StepRun | undefined>;
  readonly signal: AbortSignal;
  readonly maxAtOnce: number;
  readonly onProgress: (run: StepRun, done: number) => void;
}

/** Runs all steps, a few at a time; results in the order of the runbook. Cancelling starts no more of them. */
export async function runAll<T>(
  steps: readonly T[],
  { run, signal, maxAtOnce, onProgress }: DiagnosisOptions<T>,
): Promise<readonly StepRun[]> {
  const results = new Map<number, StepRun>();
  const waiting = steps.entries();
  const work = async () => {
    for (const [index, step] of waiting) {
      if (signal.aborted) return;
      const result = await run(step);
      if (result === undefined) return;
      results.set(index, result);
      onProgress(result, results.size);
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, steps.length) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
