import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

export interface FetchedText {
  readonly status: number;
  readonly text: string;
}

const http = new HttpAgent({ keepAlive: false });
const https = new HttpsAgent({ keepAlive: false });

/** A small text by GET, at most 10 MB. The client is read from disk on first use. Rejects with the network's error. */
export async function fetchText(url: string, signal: AbortSignal): Promise<FetchedText> {
  const { default: fetch } = await import('node-fetch');
  const response = await fetch(url, {
    // The client's type of the signal is older than node's own and otherwise the same.
    signal: signal as never,
    size: 10_000_000,
    agent: ({ protocol }) => (protocol === 'https:' ? https : http),
  });
  return { status: response.status, text: await response.text() };
}
