import type { Disposable } from './disposables.ts';

/** The only way for base, domain, app and shared to read or wait for time. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch; may jump. */
  nowMs(): number;
  /** Milliseconds from an arbitrary start that never jump backwards. */
  monotonicMs(): number;
  /** Calls `action` once after `delayMs`; disposing cancels. */
  after(delayMs: number, action: () => void): Disposable;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** Resolves after `delayMs`, or at once when the signal aborts (check `signal.aborted` afterwards). */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = () => {
      timer.dispose();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
