import net from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';

/** Somebody accepts connections; what they speak is not asked. */
export class TcpProbe implements Probe {
  readonly kind = 'tcp';
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'tcp') return attempt.outcome({ verdict: 'unknown', seen: 'not a TCP check' });
    return new Promise(resolve => {
      const socket = net.connect({ host: spec.host, port: spec.port });
      const finish = (outcome: ProbeOutcome) => {
        signal.removeEventListener('abort', abort);
        socket.destroy();
        resolve(outcome);
      };
      const abort = () => finish(attempt.timedOut());
      signal.addEventListener('abort', abort, { once: true });
      socket.once('lookup', () => attempt.note('resolveMs'));
      socket.once('connect', () => {
        attempt.note('connectMs');
        finish(attempt.outcome({ verdict: 'up', seen: 'accepts connections' }));
      });
      socket.on('error', error => finish(attempt.failed(error)));
    });
  }
}
