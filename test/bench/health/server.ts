// The targets: fifty servers in one process, each answering after 20 ms and noting how long that took by its own clock.
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerReady, ServerReport } from './messages.ts';

const answerAfterMs = 20;
const acceptedAt = new WeakMap<Socket, number>();
const took: Record<string, number[]> = {};

const servers = await Promise.all(
  Array.from({ length: 50 }, async () => {
    const server = http.createServer((request, response) => {
      const startMs = acceptedAt.get(request.socket) ?? performance.now();
      setTimeout(() => {
        response.end('{"status":"ok"}', () => {
          const path = request.url ?? '';
          took[path] ??= [];
          took[path].push(performance.now() - startMs);
        });
      }, answerAfterMs);
    });
    server.on('connection', socket => acceptedAt.set(socket, performance.now()));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', 1_024, resolve));
    return server;
  }),
);

process.on('message', () => {
  process.send?.({ took } satisfies ServerReport);
  process.disconnect();
  for (const server of servers) server.close();
  setTimeout(() => process.exit(0), 50);
});
process.send?.({
  ports: servers.map(server => (server.address() as AddressInfo).port),
} satisfies ServerReady);
