import fs from 'node:fs';
import path from 'node:path';
import { journalFileNames } from './journalFilesReader.ts';

const planExtension = '.rewrite';

interface Patch {
  readonly offset: number;
  readonly line: string;
}

interface Plan {
  /** Name of the journal file. */
  readonly file: string;
  readonly patches: readonly Patch[];
}

/**
 * Overwrites lines in place: another window may be appending to the same file meanwhile, and readers hold places in
 * it. What is to be written is on disk as a plan before, so that a line which a crash leaves half written is mended.
 */
export async function rewriteJournals(
  folder: string,
  writerId: string,
  rewrite: (line: string) => string | undefined,
): Promise<void> {
  for (const file of await journalFileNames(folder)) {
    const patches = toPatches(await fs.promises.readFile(path.join(folder, file)), rewrite);
    if (patches.length === 0) continue;
    const planFile = path.join(folder, `${file}.${writerId}${planExtension}`);
    const draft = `${planFile}.new`;
    const plan: Plan = { file, patches };
    await fs.promises.writeFile(draft, JSON.stringify(plan), { mode: 0o600, flush: true });
    await fs.promises.rename(draft, planFile);
    await carryOut(folder, plan);
    await fs.promises.rm(planFile, { force: true });
  }
}

/** What a crash interrupted, whoever began it; doing it twice does no harm. */
export async function finishRewrites(folder: string): Promise<void> {
  const names = await fs.promises.readdir(folder).catch(() => [] as string[]);
  for (const name of names) {
    if (!name.endsWith(planExtension)) continue;
    const planFile = path.join(folder, name);
    const text = await fs.promises.readFile(planFile, 'utf8').catch(() => undefined);
    // Its window has just finished it.
    if (text === undefined) continue;
    const plan = parsePlan(text);
    // A folder that cannot be written can still be read: the next window tries again.
    const isDone = plan === undefined || (await carryOut(folder, plan).catch(() => false));
    if (isDone !== false) await fs.promises.rm(planFile, { force: true }).catch(() => undefined);
  }
}

function toPatches(bytes: Buffer, rewrite: (line: string) => string | undefined): readonly Patch[] {
  const patches: Patch[] = [];
  for (let offset = 0, end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, offset)) {
    const line = rewrite(bytes.toString('utf8', offset, end));
    if (line !== undefined && Buffer.byteLength(line) === end - offset) patches.push({ offset, line });
    offset = end + 1;
  }
  return patches;
}

async function carryOut(folder: string, { file, patches }: Plan): Promise<void> {
  const handle = await fs.promises.open(path.join(folder, path.basename(file)), 'r+');
  try {
    for (const { offset, line } of patches) {
      const bytes = Buffer.from(line);
      for (let done = 0; done < bytes.length; )
        done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function parsePlan(text: string): Plan | undefined {
  try {
    const plan: unknown = JSON.parse(text);
    return isPlan(plan) ? plan : undefined;
  } catch {
    return undefined;
  }
}

function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null || !('file' in value) || !('patches' in value))
    return false;
  const { file, patches } = value;
  return typeof file === 'string' && Array.isArray(patches) && patches.every(isPatch);
}

function isPatch(value: unknown): value is Patch {
  if (typeof value !== 'object' || value === null || !('offset' in value) || !('line' in value)) return false;
  return Number.isSafeInteger(value.offset) && typeof value.line === 'string';
}
