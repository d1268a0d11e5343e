import type { Disposable } from './disposables.ts';

/** Assignable to `vscode.Event<T>`, so that services can offer events without knowing VS Code. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** One listener that throws must not keep the others from hearing: it is reported and passed over. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();
  private readonly onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void = rethrowLater) {
    this.onListenerError = onListenerError;
  }

  readonly event: Event<T> = listener => {
    // The same function may be given twice; each subscription ends on its own.
    const own = (value: T) => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
