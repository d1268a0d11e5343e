import type { StepOutcome, StepRequest, StepTerminal } from '../../src/ports.ts';

/** Answers each run when told to; remembers what was asked. */
export class FakeStepTerminal implements StepTerminal {
  readonly requests: StepRequest[] = [];
  private readonly waiting: ((outcome: StepOutcome) => void)[] = [];

  run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    this.requests.push(request);
    return new Promise(resolve => {
      this.waiting.push(resolve);
      signal.addEventListener(
        'abort',
        () => resolve({ kind: 'exited', exitCode: 130, output: '', tookMs: 1 }),
        { once: true },
      );
    });
  }

  answer(outcome: StepOutcome): void {
    this.waiting.shift()?.(outcome);
  }
}
