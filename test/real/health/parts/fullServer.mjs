// Listens with the shortest queue and then stands still: its parent stops it once it has told its port.
import net from 'node:net';

const server = net.createServer(() => {});
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => process.send(server.address().port));
