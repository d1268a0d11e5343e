import http from 'node:http';
import https from 'node:https';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { Attempt } from './attempt.ts';
import { type CertificateFacts, certificateFacts } from './certificates.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly isBodyCut: boolean;
  readonly certificate: CertificateFacts | undefined;
  readonly url: URL;
}

export interface HttpAsk {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

/** A connection of its own and a whole handshake each time; an agent per request would cost more than the request. */
const agents = {
  http: new http.Agent({ keepAlive: false }),
  https: new https.Agent({ keepAlive: false, maxCachedSessions: 0 }),
} as const;

/**
 * One request on a connection of its own, so that connecting is measured too. Rejects with the network's error. A body
 * larger than the limit is cut and the connection closed.
 */
export function exchange(ask: HttpAsk, attempt: Attempt): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = ask.url.protocol === 'https:';
    const options = { method: ask.method, headers: ask.headers };
    const request = isSecure
      ? https.request(ask.url, { ...options, agent: agents.https })
      : http.request(ask.url, { ...options, agent: agents.http });
    attempt.begin();
    const abort = () => request.destroy(new Error('aborted'));
    ask.signal.addEventListener('abort', abort, { once: true });
    const settle = () => ask.signal.removeEventListener('abort', abort);
    let certificate: CertificateFacts | undefined;
    request.once('socket', socket => {
      socket.once('lookup', () => attempt.note('resolveMs'));
      socket.once('connect', () => attempt.note('connectMs'));
      socket.once('secureConnect', () => {
        attempt.note('tlsMs');
        certificate = certificateFacts(socket as TLSSocket);
      });
    });
    request.once('error', error => {
      settle();
      reject(error);
    });
    request.once('response', response => {
      attempt.note('firstByteMs');
      readBody(response, ask.maxBodyBytes)
        .then(async ({ body, isBodyCut }) => {
          attempt.note('bodyMs');
          // Judging and telling come after the answers that have arrived together with this one have been timed.
          await nextTurn();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body,
            isBodyCut,
            certificate,
            url: ask.url,
          });
        }, reject)
        .finally(settle);
    });
    request.end();
  });
}

function readBody(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<{ readonly body: Buffer; readonly isBodyCut: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (isBodyCut: boolean) => resolve({ body: Buffer.concat(chunks), isBodyCut });
    // A stream of events never ends; that it began is all that can be said.
    if (response.headers['content-type']?.startsWith('text/event-stream')) {
      finish(true);
      response.destroy();
      return;
    }
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      // First: destroying tells of an abort at once.
      finish(true);
      response.destroy();
    });
    response.once('end', () => finish(false));
    response.once('error', reject);
    response.once('aborted', () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  });
}
