import net from 'node:net';

/** Passes a unix socket on, and cuts every connection when told to. */
export interface CuttingProxy {
  readonly socketPath: string;
  /** Destroys all connections; gives how many there were. */
  cut(): number;
  close(): void;
}

export function startCuttingProxy(target: string, socketPath: string): Promise<CuttingProxy> {
  const open = new Set<net.Socket>();
  const server = net.createServer(client => {
    const upstream = net.connect(target);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  const cut = () => {
    const count = open.size;
    for (const socket of open) socket.destroy();
    return count;
  };
  return new Promise(resolve => {
    server.listen(socketPath, () =>
      resolve({
        socketPath,
        cut,
        close: () => {
          server.close();
          cut();
        },
      }),
    );
  });
}
