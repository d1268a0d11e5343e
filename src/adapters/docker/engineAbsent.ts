import type { EngineAttempt } from '../../ports.ts';

/** No engine answered; `attempts` tell what was tried. */
export class EngineAbsentError extends Error {
  readonly attempts: readonly EngineAttempt[];

  constructor(attempts: readonly EngineAttempt[]) {
    const tried = attempts.map(attempt => `${attempt.endpoint} (${attempt.origin}): ${attempt.problem}`);
    super(`No container engine answers. Tried ${tried.join('; ') || 'nothing'}`);
    this.name = 'EngineAbsentError';
    this.attempts = attempts;
  }
}
