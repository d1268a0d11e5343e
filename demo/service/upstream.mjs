// Stands for the language model's API, which is somebody else's: it limits rates when it likes.
import http from 'node:http';
import { faults } from './faults.mjs';

export function startUpstream(port) {
  return http
    .createServer((request, response) => {
      request.resume();
      if (faults().rateLimited) {
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '30' });
        response.end(JSON.stringify({ error: { type: 'rate_limit', message: 'Rate limit exceeded' } }));
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ model: 'demo', text: 'assert add(1, 2) == 3' }));
    })
    .listen(port, '127.0.0.1');
}

/** Rejects with what the provider said. */
export async function askModel(port) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/generate`, {
    method: 'POST',
    body: '{}',
    signal: AbortSignal.timeout(2000),
  });
  const answer = await response.json();
  if (!response.ok)
    throw Object.assign(new Error(`llm_error: ${answer.error.message}`), { status: response.status });
  return answer.text;
}
