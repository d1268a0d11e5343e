import type http from 'node:http';

const longEnough = 10_000;

/** The beginning of an answer; the rest is read and dropped. */
export async function readStart(response: http.IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) if (text.length < longEnough) text += chunk;
  return text;
}

/** The sentence in `{"message":"…"}`, as container engines and clusters tell what was wrong. */
export function messageIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
    return typeof value.message === 'string' ? value.message : undefined;
  } catch {
    return undefined;
  }
}
