import type { ContainerRef } from '../../domain/health/model.ts';
import { KeyRows, keyRowMark } from '../../domain/logs/keyRows.ts';
import type { LineFacts } from '../../domain/logs/lineFacts.ts';
import type { LogLine, RawLine } from '../../domain/logs/model.ts';
import { streams } from '../../domain/logs/model.ts';
import type { LogStore } from '../../domain/logs/store.ts';
import type { LogEngine, TextSink } from '../../ports.ts';
import { readOnce } from './readOnce.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `2026-11-21T10:00:00.123456789Z stdout text`: exact, sortable, and unlike the text free of our own words. */
export function toEvidenceText(line: Pick<LogLine, 'timeNs' | 'stream' | 'text' | 'isTruncated'>): string {
  const seconds = Number(line.timeNs / 1_000_000_000n);
  const fraction = String(line.timeNs % 1_000_000_000n).padStart(9, '0');
  return evidence(seconds, fraction, line.stream, line.text) + (line.isTruncated ? ' [truncated]' : '');
}

export interface Held {
  readonly store: LogStore;
  readonly facts: LineFacts;
}

/** Lines held since then, oldest first; each read when it is asked for. */
export function* heldLines({ store, facts }: Held, sinceMs: number): Generator<string> {
  for (let seq = store.firstSeq; seq < store.nextSeq; seq++) {
    if (store.isBoundary(seq) || store.timeMs(seq) < sinceMs) continue;
    yield toEvidenceText(facts.secrets.line(seq));
  }
}

/**
 * Writes what the engine itself still has of a container's log since then, more than a ring may hold. Gives the number
 * of lines; undefined when there is no such container. The sink is written to and not closed.
 */
export async function writeEngineLog(
  engine: LogEngine,
  request: { readonly ref: ContainerRef; readonly sinceMs: number | undefined },
  sink: TextSink,
  signal: AbortSignal,
): Promise<number | undefined> {
  const detail = await engine.find(request.ref, signal);
  if (detail === undefined) return undefined;
  let count = 0;
  const keys = [new KeyRows(), new KeyRows()] as const;
  const { sinceMs } = request;
  const range = sinceMs === undefined ? {} : { sinceNs: BigInt(Math.floor(sinceMs)) * 1_000_000n };
  await readOnce(engine, detail, { range, isToTheEnd: true, signal }, line => {
    count++;
    sink.write(`${rawEvidence(line, keys[line.stream === 1 ? 1 : 0])}\n`);
  });
  return count;
}

function rawEvidence(line: Readonly<RawLine>, key: KeyRows): string {
  const read = decoder.decode(line.bytes.subarray(line.start, line.end));
  const text = key.isInside(read) ? keyRowMark : read;
  const fraction = String(line.nanos).padStart(9, '0');
  const whole = evidence(line.seconds, fraction, streams[line.stream] ?? 'stdout', text);
  return line.isTruncated ? `${whole} [truncated]` : whole;
}

function evidence(seconds: number, fraction: string, stream: string, text: string): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z ${stream} ${text}`;
}
