// Just enough of two wire protocols to know whether the stores answer, and to count in Redis.
import net from 'node:net';

/** Sends one Redis command and resolves with the raw first line of the reply. */
export function redisCommand({ host, port }, words, timeoutMs = 1500) {
  const request = `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
  return exchange(
    { host, port, timeoutMs, what: 'Redis' },
    socket => socket.write(request),
    (reply, finish) => {
      const end = reply.indexOf('\r\n');
      if (end < 0) return;
      const line = reply.toString('utf8', 0, end);
      if (line.startsWith('-')) finish(new Error(`Redis says: ${line.slice(1)}`));
      else finish(undefined, line.slice(1));
    },
  );
}

/** Logs in to PostgreSQL (no password) and runs one query; rejects with the server's own words. */
export function postgresQuery({ host, port, user, database }, query, timeoutMs = 1500) {
  const start = socket => socket.write(startup({ user, database }));
  let asked = false;
  return exchange({ host, port, timeoutMs, what: 'PostgreSQL' }, start, (reply, finish, socket) => {
    for (const { type, body } of messages(reply)) {
      if (type === 'E') return finish(new Error(`PostgreSQL says: ${errorText(body)}`));
      if (type === 'R' && body.readInt32BE(0) !== 0) return finish(new Error('PostgreSQL wants a password'));
      if (type === 'C') return finish(undefined, true);
      if (type === 'Z' && !asked) {
        asked = true;
        socket.write(message('Q', Buffer.from(`${query}\0`)));
      }
    }
    return undefined;
  });
}

function exchange({ host, port, timeoutMs, what }, begin, onReply) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    let reply = Buffer.alloc(0);
    const finish = (error, value) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve(value);
    };
    const timer = setTimeout(
      () => finish(new Error(`${what} at ${host}:${port} timeout after ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('connect', () => begin(socket));
    socket.on('data', chunk => {
      reply = Buffer.concat([reply, chunk]);
      onReply(reply, finish, socket);
    });
    socket.once('error', error =>
      finish(
        new Error(
          error.code === 'ECONNREFUSED' ? `Connection refused: ${what} at ${host}:${port}` : String(error),
        ),
      ),
    );
    socket.once('close', () => finish(new Error(`${what} at ${host}:${port} closed the connection`)));
  });
}

function startup({ user, database }) {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0application_name\0testgen\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}

function message(type, body) {
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function* messages(buffer) {
  let at = 0;
  while (at + 5 <= buffer.length) {
    const length = buffer.readInt32BE(at + 1);
    if (at + 1 + length > buffer.length) return;
    yield { type: String.fromCharCode(buffer[at]), body: buffer.subarray(at + 5, at + 1 + length) };
    at += 1 + length;
  }
}

function errorText(body) {
  const field = body
    .toString('utf8')
    .split('\0')
    .find(text => text.startsWith('M'));
  return field ? field.slice(1) : 'unknown error';
}
