// Stands for the language model's API, which is somebody else's: it limits rates when it likes, and it goes on while the
// service hangs or crashes. Runs by itself.
import http from 'node:http';
import { faults, readFaults } from './faults.mjs';
import { settings } from './settings.mjs';

readFaults(settings.data);
http
  .createServer((request, response) => {
    request.resume();
    const isLimited = faults().rateLimited === true;
    const answer = isLimited
      ? { error: { type: 'rate_limit', message: 'Rate limit exceeded' } }
      : { model: 'demo', text: 'assert add(1, 2) == 3' };
    response.writeHead(isLimited ? 429 : 200, {
      'content-type': 'application/json',
      ...(isLimited ? { 'retry-after': '30' } : {}),
    });
    response.end(JSON.stringify(answer));
  })
  .listen(settings.upstreamPort, '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
