import http from 'node:http';
import type { Readable } from 'node:stream';

export interface EngineAnswer {
  readonly status: number;
  readonly text: string;
}

/** One request to the engine's socket; a stream body is sent as a tar. Deliberately none of the product's own code. */
export function engineRequest(
  socketPath: string,
  method: 'GET' | 'POST' | 'DELETE',
  target: string,
  body?: Readable | object,
): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const isStream = body !== undefined && 'pipe' in body;
    const type = isStream ? 'application/x-tar' : 'application/json';
    const request = http.request(
      { socketPath, method, path: target, headers: { 'content-type': type } },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.once('error', reject);
    if (isStream && 'pipe' in body) (body as Readable).pipe(request);
    else request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
