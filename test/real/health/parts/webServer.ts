import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';

export interface TestServer {
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(server: net.Server, host = '127.0.0.1'): Promise<TestServer> {
  const sockets = new Set<net.Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const json =
  (value: unknown): Answer =>
  (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };

const answers: Readonly<Record<string, Answer>> = {
  '/ok': json({ status: 'ok', load: 0.5, checks: [{ name: 'db', up: true }] }),
  '/sick': json({ status: 'degraded', load: 0.99 }),
  '/html': (_, response) => response.end('<html>502 Bad Gateway</html>'),
  '/empty': (_, response) => response.end(),
  '/no-content': (_, response) => response.writeHead(204).end(),
  '/slow-headers': () => {},
  '/slow-body': (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 50);
    response.once('close', () => clearInterval(timer));
  },
  '/endless': (_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(65_536, 'x');
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  },
  '/events': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
  },
  '/cut': (request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setTimeout(() => request.socket.destroy(), 20);
  },
  '/hang-up': request => request.socket.destroy(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/moved': (_, response) => response.writeHead(301, { location: '/ok' }).end(),
  '/moved-away': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  '/moved-ftp': (_, response) => response.writeHead(302, { location: 'ftp://127.0.0.1/x' }).end(),
  '/auth': (request, response) =>
    response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end(),
  '/agent': (request, response) => response.end(request.headers['user-agent']),
};

/** A server with one path for each way in which a web service can be well or ill; `/status/503` answers so. */
export function webServer(): http.Server {
  return http.createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const status = /^\/status\/(\d+)$/.exec(path)?.[1];
    if (status !== undefined) response.writeHead(Number(status)).end('x');
    else (answers[path] ?? ((_, other) => other.writeHead(404).end()))(request, response);
  });
}

/** Accepts and says nothing. */
export function silentServer(): net.Server {
  return net.createServer(() => {});
}

/** Says `text` to everybody at once. */
export function chattyServer(text: string): net.Server {
  return net.createServer(socket => {
    socket.write(text);
    socket.on('data', () => {});
  });
}

/** Accepts, reads a little and closes. */
export function rudeServer(): net.Server {
  return net.createServer(socket => socket.once('data', () => socket.destroy()));
}
