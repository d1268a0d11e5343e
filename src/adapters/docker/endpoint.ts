import { fail, ok, type Result } from '../../base/result.ts';

/** How to reach an engine, once an address has been understood. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly socketPath: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: EngineTls | undefined;
    }
  | { readonly kind: 'ssh'; readonly host: string; readonly port: number | undefined; readonly user: string };

export interface EngineTls {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly isVerified: boolean;
}

/** One place to look for an engine. `problem` says why it cannot even be tried. */
export interface EngineCandidate {
  readonly endpoint: string;
  readonly origin: string;
  readonly address: EngineAddress | undefined;
  readonly problem: string | undefined;
}

/** Reads `unix://`, `npipe://`, `tcp://`, `http(s)://`, `ssh://` and bare `host:port` or absolute paths. */
export function parseEndpoint(text: string, tls?: EngineTls): Result<EngineAddress> {
  const trimmed = text.trim();
  if (trimmed.startsWith('/')) return ok({ kind: 'socket', socketPath: trimmed });
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(trimmed)?.[1];
  if (local !== undefined) return ok({ kind: 'socket', socketPath: local });
  const url = URL.parse(trimmed.includes('://') ? trimmed : `tcp://${trimmed}`);
  if (url === null || url.hostname === '') return fail(`"${text}" is not an address of a container engine`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? undefined : Number(url.port);
  if (url.protocol === 'ssh:') return ok({ kind: 'ssh', host, port, user: decodeURIComponent(url.username) });
  if (!['tcp:', 'http:', 'https:'].includes(url.protocol))
    return fail(`"${text}": ${url.protocol}// is not supported; use unix://, tcp:// or ssh://`);
  const secure = tls ?? (url.protocol === 'https:' || port === 2376 ? noCertificates : undefined);
  return ok({ kind: 'tcp', host, port: port ?? (secure === undefined ? 2375 : 2376), tls: secure });
}

const noCertificates: EngineTls = { ca: undefined, cert: undefined, key: undefined, isVerified: true };

export function toCandidate(endpoint: string, origin: string, tls?: EngineTls): EngineCandidate {
  const address = parseEndpoint(endpoint, tls);
  return address.ok
    ? { endpoint, origin, address: address.value, problem: undefined }
    : { endpoint, origin, address: undefined, problem: address.error };
}
