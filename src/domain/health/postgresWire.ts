import type { Verdict } from './model.ts';

/** The first packet of PostgreSQL's protocol 3.0: length, version, name/value pairs, all ending in zero bytes. */
export function startupPacket(user: string, database: string): Uint8Array {
  const pairs = ['user', user, 'database', database, 'application_name', 'watchkeeper'];
  const text = new TextEncoder().encode(`${pairs.join('\0')}\0\0`);
  const packet = new Uint8Array(8 + text.length);
  const view = new DataView(packet.buffer);
  view.setInt32(0, packet.length);
  view.setInt32(4, 196_608);
  packet.set(text, 8);
  return packet;
}

/** Goodbye. */
export const terminatePacket = new Uint8Array([0x58, 0, 0, 0, 4]);

export interface PostgresJudgement {
  readonly verdict: Verdict;
  readonly seen: string;
}

/**
 * What the first message says; undefined while it is incomplete. The same verdicts as `pg_isready`: any request for
 * a password means accepting, error 57P03 rejecting, any other error accepting.
 */
export function judgeStartupAnswer(bytes: Uint8Array): PostgresJudgement | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const type = bytes[at];
    if (type !== 0x52 && type !== 0x45 && type !== 0x4e) return notPostgres;
    if (bytes.length < at + 5) return undefined;
    const length = view.getInt32(at + 1);
    if (length < 4 || length > 30_000 || at > maxNoticeBytes) return notPostgres;
    if (bytes.length < at + 1 + length) return undefined;
    if (type === 0x52) return { verdict: 'up', seen: 'accepting connections' };
    if (type === 0x45) return judgeError(errorFields(bytes.subarray(at + 5, at + 1 + length)));
    // A notice may come first; what follows it decides.
    at += 1 + length;
  }
  return undefined;
}

const maxMessage = 200;

/** Nobody has that much to say before the first answer. */
const maxNoticeBytes = 100_000;

const notPostgres: PostgresJudgement = {
  verdict: 'down',
  seen: 'the other side does not speak PostgreSQL',
};

function judgeError(fields: ReadonlyMap<string, string>): PostgresJudgement {
  const code = fields.get('C') ?? '';
  const message = fields.get('M') ?? '';
  if (code === '57P03')
    return { verdict: 'down', seen: `rejecting connections: ${message.slice(0, maxMessage)}` };
  if (code === '53300') return { verdict: 'degraded', seen: 'accepting connections, but all are taken' };
  if (code.length !== 5) return { verdict: 'down', seen: message.slice(0, maxMessage) || notPostgres.seen };
  return { verdict: 'up', seen: 'accepting connections' };
}

function errorFields(bytes: Uint8Array): ReadonlyMap<string, string> {
  const parts = new TextDecoder().decode(bytes).split('\0');
  return new Map(parts.filter(part => part !== '').map(part => [part.slice(0, 1), part.slice(1)]));
}
