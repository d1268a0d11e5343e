import dgram from 'node:dgram';

export interface NameServer {
  readonly address: string;
  close(): Promise<void>;
}

const rcodes: Readonly<Record<string, number>> = { nx: 3, servfail: 2, refused: 5, formerr: 1 };

/**
 * A name server on loopback that answers by the name's first label: `ok` and `two` have addresses, `only6` none of IPv4,
 * `text` a TXT record, `alias` a CNAME; `nx`, `servfail`, `refused` are errors; `silent` gets no answer, `late` one after
 * a second, `garbage` something else, `other` the answer to another question.
 */
export async function startNameServer(): Promise<NameServer> {
  const socket = dgram.createSocket('udp4');
  let isOpen = true;
  socket.on('message', (query, from) => {
    const { labels, type, end } = questionOf(query);
    // A late answer may meet a server that is closed by then.
    const send = (answer: Uint8Array) => {
      if (isOpen) socket.send(answer, from.port, from.address, () => {});
    };
    const [first = ''] = labels;
    if (first === 'silent') return;
    if (first === 'garbage') return send(Buffer.from('hello'));
    const question = query.subarray(12, end);
    const reply = (rcode: number, records: readonly Uint8Array[], id = query.readUInt16BE(0)) =>
      Buffer.concat([header(id, rcode, records.length), question, ...records]);
    if (first === 'other') return send(reply(0, [record(1, [192, 0, 2, 9])], query.readUInt16BE(0) ^ 1));
    const answer = reply(rcodes[first] ?? 0, recordsOf(first, type));
    if (first === 'late') setTimeout(() => send(answer), 1_000);
    else send(answer);
  });
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => {
      isOpen = false;
      return new Promise(resolve => socket.close(() => resolve()));
    },
  };
}

function recordsOf(label: string, type: number): readonly Uint8Array[] {
  const first = record(1, [192, 0, 2, 1]);
  if ((label === 'ok' || label === 'late') && type === 1) return [first];
  if (label === 'two' && type === 1) return [first, record(1, [192, 0, 2, 2])];
  if (label === 'only6' && type === 28) return [record(28, [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 6])];
  if (label === 'text' && type === 16) return [record(16, [5, ...Buffer.from('hello')])];
  // The alias of `ok` in the same zone: a name that points at offset 12 would be itself.
  if (label === 'alias' && type === 5)
    return [record(5, [2, ...Buffer.from('ok'), 4, ...Buffer.from('test'), 0])];
  return [];
}

function questionOf(query: Buffer): { labels: string[]; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { labels, type: query.readUInt16BE(at + 1), end: at + 5 };
}

function header(id: number, rcode: number, answers: number): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(id, 0);
  bytes.writeUInt16BE(0x8580 | rcode, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(answers, 6);
  return bytes;
}

/** About the name of the question. */
function record(type: number, data: readonly number[]): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, Buffer.from(data)]);
}
