import net from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { PostgresProbeSpec, ProbeOutcome, ProbeTarget } from '../../domain/health/model.ts';
import { judgeStartupAnswer, startupPacket, terminatePacket } from '../../domain/health/postgresWire.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';

/** Asks for a session without a password, as `pg_isready` does, and reads only the first answer. */
export class PostgresProbe implements Probe {
  readonly kind = 'postgres';
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'postgres')
      return Promise.resolve(attempt.outcome({ verdict: 'unknown', seen: 'not a PostgreSQL check' }));
    return new Promise(resolve => {
      const socket = net.connect(addressOf(spec));
      let received = Buffer.alloc(0);
      const finish = (outcome: ProbeOutcome) => {
        signal.removeEventListener('abort', abort);
        if (socket.writable) socket.end(terminatePacket);
        // The server's goodbye would otherwise keep the socket for as long as it likes.
        socket.destroySoon();
        resolve(outcome);
      };
      const abort = () => {
        socket.destroy();
        finish(attempt.timedOut());
      };
      signal.addEventListener('abort', abort, { once: true });
      socket.once('lookup', () => attempt.note('resolveMs'));
      socket.once('connect', () => {
        attempt.note('connectMs');
        socket.write(startupPacket(spec.user ?? 'watchkeeper', spec.database ?? spec.user ?? 'postgres'));
      });
      socket.on('data', chunk => {
        attempt.phases.firstByteMs ??= attempt.elapsedMs();
        received = Buffer.concat([received, chunk]);
        const judged = judgeStartupAnswer(received);
        if (judged !== undefined) finish(attempt.outcome(judged));
      });
      socket.once('end', () =>
        finish(attempt.outcome({ verdict: 'down', seen: 'connection closed by the other side' })),
      );
      socket.on('error', error => finish(attempt.failed(error)));
    });
  }
}

/** A host that is a folder means the socket in it, as for PostgreSQL's own clients. */
function addressOf({ host, port }: PostgresProbeSpec): net.NetConnectOpts {
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
}
