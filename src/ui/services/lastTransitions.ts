import type { Event } from '../../base/emitter.ts';
import type { ServiceTransition } from '../../domain/health/model.ts';

const kept = 5;

/** The last changes of each service's shown state since the window was opened, newest first. */
export class LastTransitions {
  private readonly all = new Map<string, readonly ServiceTransition[]>();
  private readonly listening: { dispose(): void };

  constructor(onDidChange: Event<ServiceTransition>) {
    this.listening = onDidChange(change => {
      this.all.set(change.serviceId, [change, ...this.of(change.serviceId)].slice(0, kept));
    });
  }

  of(serviceId: string): readonly ServiceTransition[] {
    return this.all.get(serviceId) ?? [];
  }

  dispose(): void {
    this.listening.dispose();
  }
}
