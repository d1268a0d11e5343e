/** Builds what an engine would send. Times are `2026-11-21T10:00:00` plus so many microseconds. */
const encoder = new TextEncoder();

export interface WireLine {
  readonly stream: 0 | 1;
  readonly micros: number;
  readonly text: string;
}

export function stamp(micros: number): string {
  const second = new Date(Date.UTC(2026, 10, 21, 10) + Math.floor(micros / 1e6) * 1000)
    .toISOString()
    .slice(0, 19);
  return `${second}.${String(micros % 1e6).padStart(6, '0')}000Z`;
}

export function frame(stream: number, payload: string | Uint8Array): Uint8Array {
  const bytes = typeof payload === 'string' ? encoder.encode(payload) : payload;
  const result = new Uint8Array(8 + bytes.length);
  result[0] = stream + 1;
  new DataView(result.buffer).setUint32(4, bytes.length);
  result.set(bytes, 8);
  return result;
}

/** A line as frames: pieces of 16 KiB, each with the timestamp of the first, the newline in the last. */
export function frames(line: WireLine): Uint8Array[] {
  const bytes = encoder.encode(`${line.text}\n`);
  const prefix = encoder.encode(`${stamp(line.micros)} `);
  const result: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 16_384) {
    result.push(frame(line.stream, join([prefix, bytes.subarray(at, at + 16_384)])));
  }
  return result;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** The same bytes in pieces of the given sizes, over and over; each piece has memory of its own. */
export function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}
