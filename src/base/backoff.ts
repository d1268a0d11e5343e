/** Waiting times that double from `firstMs` to `maxMs`, each drawn between half of it and all of it. */
export class Backoff {
  private readonly firstMs: number;
  private readonly maxMs: number;
  private readonly random: () => number;
  private stepMs: number;

  constructor(firstMs: number, maxMs: number, random: () => number) {
    this.firstMs = firstMs;
    this.maxMs = maxMs;
    this.random = random;
    this.stepMs = firstMs;
  }

  nextMs(): number {
    const stepMs = this.stepMs;
    this.stepMs = Math.min(this.maxMs, stepMs * 2);
    return stepMs / 2 + (stepMs / 2) * this.random();
  }

  reset(): void {
    this.stepMs = this.firstMs;
  }
}
