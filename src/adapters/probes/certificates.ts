import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Earliest end in the whole chain that the server presented. */
  readonly expiresAtMs: number;
  readonly protocol: string;
  readonly cipher: string;
  readonly chainLength: number;
}

export function certificateFacts(socket: TLSSocket): CertificateFacts | undefined {
  const leaf = socket.getPeerCertificate(true);
  if (leaf.valid_to === undefined) return undefined;
  const chain = chainOf(leaf);
  return {
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    expiresAtMs: Math.min(...chain.map(certificate => Date.parse(certificate.valid_to))),
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    chainLength: chain.length,
  };
}

export function daysLeft(certificate: CertificateFacts, nowMs: number): number {
  return Math.floor((certificate.expiresAtMs - nowMs) / 86_400_000);
}

/** The sentence for a chain that ends soon; undefined when it does not. */
export function expiryWarning(
  certificate: CertificateFacts,
  warnDays: number,
  nowMs: number,
): string | undefined {
  const days = daysLeft(certificate, nowMs);
  if (days >= warnDays) return undefined;
  if (days < 0) return 'certificate has expired';
  return days === 0
    ? 'certificate expires within a day'
    : `certificate expires in ${days} day${days === 1 ? '' : 's'}`;
}

export function certificateTexts(certificate: CertificateFacts): Record<string, string> {
  return {
    certificate: certificate.subject,
    issuer: certificate.issuer,
    'certificate until': new Date(certificate.expiresAtMs).toISOString().slice(0, 10),
    tls: `${certificate.protocol}, ${certificate.cipher}`,
  };
}

/** A root certificate names itself as its issuer. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next !== undefined && !chain.includes(next) && chain.length < 10) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain.filter(certificate => certificate.valid_to !== undefined);
}

function nameOf(
  subject: { readonly CN?: string | string[]; readonly O?: string | string[] } | undefined,
): string {
  const name = subject?.CN ?? subject?.O ?? '';
  return Array.isArray(name) ? name.join(', ') : name;
}
