import type https from 'node:https';
import { errorText } from '../../base/errors.ts';
import type { EngineAddress } from './endpoint.ts';
import { sshAgent } from './sshAgent.ts';

/** Request options of node:http(s) that lead to the engine. */
export function requestOptions(address: EngineAddress): https.RequestOptions {
  if (address.kind === 'socket') return { socketPath: address.socketPath, agent: false };
  if (address.kind === 'ssh') return { agent: sshAgent(address), host: 'docker' };
  const { host, port, tls } = address;
  const base = { host, port, agent: false } as const;
  if (tls === undefined) return base;
  return {
    ...base,
    rejectUnauthorized: tls.isVerified,
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
}

/** An answer of the engine that is not a success; `statusCode` 404 is "no such container". */
export class EngineError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.name = 'EngineError';
    this.statusCode = statusCode;
  }
}

/** Why a connection to the engine failed, as a person would say it. */
export function connectionProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'no such socket';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND') return 'no such host';
  if (code === 'ABORT_ERR' || (error instanceof Error && error.name === 'AbortError'))
    return 'no answer in time';
  return tlsProblem(code, errorText(error)) ?? errorText(error).trim();
}

/** OpenSSL's own words name source files; Node's advise on Node. */
function tlsProblem(code: string, text: string): string | undefined {
  if (/alert (bad certificate|certificate required|handshake failure)/.test(text))
    return 'the engine wants a certificate of us that its authority signed (DOCKER_CERT_PATH)';
  if (/HTTP request to an HTTPS server/.test(text))
    return 'the engine speaks TLS: set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) return 'the engine does not speak TLS';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return "the engine's certificate is for another name";
  if (code === 'CERT_HAS_EXPIRED') return "the engine's certificate has expired";
  if (/^(?:UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT)/.test(code))
    return "the engine's certificate is not signed by an authority that is trusted here (ca.pem)";
  return undefined;
}
