import fs from 'node:fs';
import path from 'node:path';
import { errorText } from '../base/errors.ts';
import type { JournalCursor } from '../ports.ts';

const chunkBytes = 1 << 20;
const extension = '.ndjson';

export interface JournalLines {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
  readonly cursor: JournalCursor;
}

/** Reads what came since `since`, file by file. Never changes a file: a torn tail is reported where it is. */
export async function readJournalFolder(folder: string, since: JournalCursor): Promise<JournalLines> {
  const lines: string[] = [];
  const problems: string[] = [];
  const cursor: Record<string, number> = {};
  const names = await journalFileNames(folder).catch((error: unknown) => {
    problems.push(`The folder of this incident cannot be read: ${errorText(error)}`);
    return [];
  });
  for (const name of names) {
    try {
      cursor[name] = await readFile(path.join(folder, name), since[name] ?? 0, { lines, problems });
    } catch (error) {
      cursor[name] = since[name] ?? 0;
      problems.push(`${name} cannot be read: ${errorText(error)}`);
    }
  }
  return { lines, problems, cursor };
}

/** None where there is no such folder; one that is there and cannot be read is an error. */
export async function journalFileNames(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  return names.filter(name => name.endsWith(extension)).sort();
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await fs.promises.readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export function journalFileName(writerId: string): string {
  return `${writerId}${extension}`;
}

async function readFile(
  file: string,
  from: number,
  into: { readonly lines: string[]; readonly problems: string[] },
): Promise<number> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const { size } = await handle.stat();
    const name = path.basename(file);
    if (size < from) into.problems.push(`${name} became shorter: ${from - size} bytes are gone.`);
    let position = size < from ? 0 : from;
    let rest = Buffer.alloc(0);
    while (position + rest.length < size) {
      const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - position - rest.length));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position + rest.length);
      if (bytesRead === 0) break;
      const chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = chunk.lastIndexOf(10) + 1;
      for (const line of chunk.toString('utf8', 0, end).split('\n')) if (line !== '') into.lines.push(line);
      rest = chunk.subarray(end);
      position += end;
    }
    if (rest.length > 0)
      into.problems.push(`${name} ends in ${rest.length} bytes that are not a whole line.`);
    return position;
  } finally {
    await handle.close();
  }
}
