import type { TextSink } from '../../ports.ts';
import type { OlderLines } from './spillWriter.ts';

/** Writes the lines since then to the sink; gives their number. */
export async function writeOlder(
  older: OlderLines,
  sinceMs: number | undefined,
  sink: TextSink,
  isWanted: (line: string) => boolean = () => true,
): Promise<number> {
  // The times are sorted as texts.
  const since = sinceMs === undefined ? '' : new Date(sinceMs).toISOString().slice(0, -1);
  let count = 0;
  for await (const line of linesOf(older)) {
    if ((line < since && !line.startsWith('-')) || !isWanted(line)) continue;
    sink.write(`${line}\n`);
    count++;
  }
  return count;
}

/** How many of them are wanted. */
export async function countOlder(
  older: OlderLines,
  isWanted: (line: string) => boolean,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for await (const line of linesOf(older)) {
    if (signal.aborted) break;
    if (isWanted(line)) count++;
  }
  return count;
}

/** The text of an evidence line, without time and stream. */
export function textOfEvidence(line: string): string {
  return line.slice(line.indexOf(' ', line.indexOf(' ') + 1) + 1);
}

async function* linesOf(older: OlderLines): AsyncGenerator<string> {
  for await (const piece of older.read()) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      yield piece.slice(start, end);
      start = end + 1;
    }
  }
}
