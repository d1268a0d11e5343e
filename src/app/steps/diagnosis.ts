import type { StepRun } from './stepRun.ts';

export interface DiagnosisOptions<T> {
  readonly run: (step: T, signal: AbortSignal) => Promise<StepRun>;
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
      const result = await run(step, signal);
      results.set(index, result);
      onProgress(result, results.size);
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, steps.length) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
