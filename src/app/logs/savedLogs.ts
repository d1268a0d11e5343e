import type { ContainerRef } from '../../domain/health/model.ts';
import type { TextFiles } from '../../ports.ts';
import type { LogTails } from '../logTails.ts';
import { toSourceLabel } from './logSource.ts';

export interface SavedLog {
  readonly label: string;
  readonly lineCount: number;
  /** The last lines, redacted: what is quoted; the file has all. */
  readonly ending: readonly string[];
  readonly path: string;
}

export interface SaveLogsOptions {
  readonly tails: Pick<LogTails, 'writeSnapshot'>;
  readonly files: TextFiles;
  readonly redact: (text: string) => string;
  readonly sinceMs: number;
  readonly pathFor: (label: string) => string;
  readonly signal: AbortSignal;
}

const quotedLines = 400;

/** Writes the container's log since then to a file, each whole line redacted before it is written. */
export async function saveLog(ref: ContainerRef, options: SaveLogsOptions): Promise<SavedLog> {
  const { tails, files, redact, sinceMs, pathFor, signal } = options;
  const source = { kind: 'container', ref } as const;
  const label = toSourceLabel(source);
  const path = pathFor(label);
  const ending: string[] = [];
  let lineCount = 0;
  await files.writeFile(path, async sink => {
    const write = (text: string) => {
      const line = redact(text);
      lineCount++;
      ending.push(line.trimEnd());
      if (ending.length > 2 * quotedLines) ending.splice(0, ending.length - quotedLines);
      sink.write(line);
    };
    await tails.writeSnapshot(source, sinceMs, { write }, signal);
  });
  return { label, lineCount, ending: ending.slice(-quotedLines), path };
}
