// The targets: fifty servers in one process, each answering after 20 ms and noting how long that took by its own clock.
// On bare sockets: the less the server has to do itself, the truer is its clock.
import net, { type AddressInfo } from 'node:net';
import type { ServerReady, ServerReport } from './messages.ts';

const answerAfterMs = 20;
const body = '{"status":"ok"}';
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
const took: Record<string, number[]> = {};

function serve(socket: net.Socket): void {
  const startMs = performance.now();
  socket.on('error', () => {});
  // Requests of a few hundred bytes come in one piece.
  socket.once('data', (request: Buffer) => {
    const path = /^GET (\S+)/.exec(request.toString('latin1', 0, 200))?.[1] ?? '';
    setTimeout(() => {
      socket.end(answer, () => {
        took[path] ??= [];
        took[path].push(performance.now() - startMs);
      });
    }, answerAfterMs);
  });
}

const servers = await Promise.all(
  Array.from({ length: 50 }, async () => {
    const server = net.createServer(serve);
    await new Promise<void>(resolve =>
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, resolve),
    );
    return server;
  }),
);

process.on('message', () => {
  for (const server of servers) server.close();
  process.send?.({ took } satisfies ServerReport, () => process.exit(0));
});
process.send?.({
  ports: servers.map(server => (server.address() as AddressInfo).port),
} satisfies ServerReady);
