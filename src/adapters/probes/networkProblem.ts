import type { Verdict } from '../../domain/health/model.ts';

export interface Finding {
  readonly verdict: Verdict;
  readonly seen: string;
}

/**
 * What an error of the network says about the service. Trouble on our own side (names that do not resolve, no
 * network, no free socket) is `unknown`: the service may be well.
 */
const findings: Readonly<Record<string, Finding>> = {
  ENOTFOUND: { verdict: 'unknown', seen: 'unknown from here: no such name' },
  ENODATA: { verdict: 'unknown', seen: 'unknown from here: the name has no address' },
  EAI_NODATA: { verdict: 'unknown', seen: 'unknown from here: the name has no address' },
  EAI_NONAME: { verdict: 'unknown', seen: 'unknown from here: no such name' },
  EAI_AGAIN: { verdict: 'unknown', seen: 'unknown from here: names cannot be resolved' },
  ESERVFAIL: { verdict: 'unknown', seen: 'unknown from here: names cannot be resolved' },
  ENETUNREACH: { verdict: 'unknown', seen: 'unknown from here: no route to that network' },
  ENETDOWN: { verdict: 'unknown', seen: 'unknown from here: the network is down' },
  EADDRNOTAVAIL: { verdict: 'unknown', seen: 'unknown from here: no local address for it' },
  EMFILE: { verdict: 'unknown', seen: 'unknown from here: too many open files' },
  ENFILE: { verdict: 'unknown', seen: 'unknown from here: too many open files' },
  EACCES: { verdict: 'unknown', seen: 'unknown from here: permission denied' },
  ENOENT: { verdict: 'down', seen: 'no such socket' },
  ECONNREFUSED: { verdict: 'down', seen: 'connection refused' },
  ECONNRESET: { verdict: 'down', seen: 'connection closed by the other side' },
  ECONNABORTED: { verdict: 'down', seen: 'connection closed by the other side' },
  EPIPE: { verdict: 'down', seen: 'connection closed by the other side' },
  EHOSTUNREACH: { verdict: 'down', seen: 'host unreachable' },
  EHOSTDOWN: { verdict: 'down', seen: 'host down' },
  ETIMEDOUT: { verdict: 'down', seen: 'no answer to the connection attempt' },
  CERT_HAS_EXPIRED: { verdict: 'down', seen: 'certificate has expired' },
  CERT_NOT_YET_VALID: { verdict: 'down', seen: 'certificate is not valid yet' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { verdict: 'down', seen: 'certificate is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: {
    verdict: 'down',
    seen: 'certificate is signed by an authority not trusted here',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    verdict: 'down',
    seen: 'certificate chain is incomplete or not trusted here',
  },
  UNABLE_TO_GET_ISSUER_CERT: { verdict: 'down', seen: 'certificate chain is incomplete or not trusted here' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    verdict: 'down',
    seen: 'certificate chain is incomplete or not trusted here',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: { verdict: 'down', seen: 'certificate is for another name' },
  ERR_SSL_WRONG_VERSION_NUMBER: { verdict: 'down', seen: 'the other side does not speak TLS' },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { verdict: 'down', seen: 'the other side does not speak TLS' },
};

export function networkFinding(error: unknown): Finding {
  const known = findings[errorCode(error)];
  if (known !== undefined) return known;
  const code = errorCode(error);
  if (code.startsWith('HPE_')) return { verdict: 'down', seen: 'the answer is not HTTP' };
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return { verdict: 'down', seen: tlsText(error) };
  return { verdict: 'down', seen: messageOf(error) };
}

/** Of several addresses tried in turn, the first failure that tells something of the service counts. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(errorCode);
    return codes.find(code => findings[code]?.verdict === 'down') ?? codes[0] ?? '';
  }
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function tlsText(error: unknown): string {
  const text = messageOf(error);
  if (/wrong version number|packet length too long|record layer/i.test(text))
    return 'the other side does not speak TLS';
  const alert = /alert ([a-z ]+):/i.exec(text)?.[1];
  return alert === undefined ? 'TLS handshake failed' : `TLS handshake failed: ${alert.trim()}`;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors[0]);
  return error instanceof Error && error.message !== ''
    ? (error.message.split('\n', 1)[0]?.slice(0, 200) ?? '')
    : 'failed';
}
