import net from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeSpec, ProbeTarget } from '../../domain/health/model.ts';
import type { Probe } from '../../ports.ts';
import { Attempt } from './attempt.ts';
import { certificateFacts, certificateTexts, expiryWarning } from './certificates.ts';
import { networkFinding } from './networkProblem.ts';

type TlsSpec = Extract<ProbeSpec, { kind: 'tls' }>;

/** A TLS handshake and the whole chain of certificates; a bad chain is read too, so that it can be told. */
export class TlsProbe implements Probe {
  readonly kind = 'tls';
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'tls')
      return Promise.resolve(attempt.outcome({ verdict: 'unknown', seen: 'not a TLS check' }));
    return new Promise(resolve => {
      const socket = connect(spec);
      const finish = (outcome: ProbeOutcome) => {
        signal.removeEventListener('abort', abort);
        socket.destroy();
        resolve(outcome);
      };
      const abort = () => finish(attempt.timedOut());
      signal.addEventListener('abort', abort, { once: true });
      socket.once('lookup', () => attempt.note('resolveMs'));
      socket.once('connect', () => attempt.note('connectMs'));
      socket.once('secureConnect', () => {
        attempt.note('tlsMs');
        finish(this.judge(socket, spec, attempt));
      });
      socket.on('error', error => finish(attempt.failed(error)));
      socket.once('end', () => finish(attempt.failed(Object.assign(new Error(), { code: 'ECONNRESET' }))));
    });
  }

  private judge(socket: tls.TLSSocket, spec: TlsSpec, attempt: Attempt): ProbeOutcome {
    const certificate = certificateFacts(socket);
    const facts = certificate === undefined ? {} : certificateTexts(certificate);
    if (!socket.authorized) return attempt.outcome(chainFinding(socket.authorizationError), facts);
    const warning =
      certificate === undefined ? undefined : expiryWarning(certificate, spec.warnDays, this.clock.nowMs());
    if (warning !== undefined)
      return attempt.outcome({ verdict: 'degraded', seen: warning, wanted: `${spec.warnDays} days` }, facts);
    return attempt.outcome(
      { verdict: 'up', seen: `certificate of ${certificate?.subject ?? '?'} is valid` },
      facts,
    );
  }
}

/** Typed as an error, this is in fact the code as a text; an error only when the name did not fit. */
function chainFinding(problem: unknown): ReturnType<typeof networkFinding> {
  return networkFinding(
    problem instanceof Error ? problem : Object.assign(new Error(String(problem)), { code: String(problem) }),
  );
}

function connect(spec: TlsSpec): tls.TLSSocket {
  const name = spec.serverName ?? (net.isIP(spec.host) === 0 ? spec.host : undefined);
  return tls.connect({
    host: spec.host,
    port: spec.port,
    rejectUnauthorized: false,
    ...(name === undefined ? {} : { servername: name }),
  });
}
