import { isRecord } from './eventShapes.ts';
import type { JournalEvent } from './events.ts';
import { encodeInPlace, type HashText } from './journalLine.ts';

/** The event without the text that this hash names; undefined when it carries none of it. */
export function withoutText(event: JournalEvent, sha256: string): JournalEvent | undefined {
  if (event.t === 'evidence.added' && event.b.sha256 === sha256 && event.b.excerpt !== undefined) {
    const { excerpt, ...b } = event.b;
    return { ...event, b };
  }
  if (event.t === 'step.finished' && event.b.outputSha === sha256 && event.b.output !== undefined) {
    const { output, ...b } = event.b;
    return { ...event, b };
  }
  return undefined;
}

/**
 * The journal line without the text that this hash names, to stand where the line stands: it has as many bytes, proves
 * itself, and keeps its place in the chain. Undefined when the line carries none of it.
 */
export function withoutTextInLine(line: string, sha256: string, hash: HashText): string | undefined {
  if (!line.includes(sha256)) return undefined;
  const written: unknown = JSON.parse(line);
  if (!isRecord(written) || !isRecord(written['b'])) return undefined;
  const { excerpt, output, ...b } = written['b'];
  const isNamed = b['sha256'] === sha256 || b['outputSha'] === sha256;
  if (!isNamed || (excerpt === undefined && output === undefined)) return undefined;
  return encodeInPlace({ ...written, b }, line, hash);
}
