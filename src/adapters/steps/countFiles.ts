import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const limit = 100_000;

/** Files below what the shell would expand the patterns to, folders not counted. Links are not followed. */
export async function countFiles(
  patterns: readonly string[],
  cwd: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly count: number; readonly isMore: boolean }> {
  const start = cwd ?? os.homedir();
  const paths = await Promise.all(patterns.map(pattern => expand(toAbsolute(pattern, start))));
  let count = 0;
  const waiting = [...new Set(paths.flat())];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const stat = await fs.lstat(next).catch(() => undefined);
    if (stat === undefined) continue;
    if (!stat.isDirectory()) count++;
    else
      for (const entry of await entriesOf(next))
        entry.isDirectory() ? waiting.push(path.join(next, entry.name)) : count++;
    if (count >= limit) return { count: limit, isMore: true };
  }
  return { count, isMore: false };
}

function toAbsolute(pattern: string, start: string): string {
  if (pattern === '~' || pattern.startsWith('~/')) return path.join(os.homedir(), pattern.slice(1));
  return path.resolve(start, pattern);
}

async function expand(pattern: string): Promise<readonly string[]> {
  const { root } = path.parse(pattern);
  let found = [root];
  for (const part of pattern.slice(root.length).split(path.sep)) {
    if (part === '') continue;
    if (!/[*?[]/.test(part)) found = found.map(folder => path.join(folder, part));
    else found = (await Promise.all(found.map(folder => matching(folder, part)))).flat();
  }
  return found;
}

async function matching(folder: string, pattern: string): Promise<readonly string[]> {
  const regex = toRegex(pattern);
  return (await entriesOf(folder))
    .filter(({ name }) => regex.test(name) && (!name.startsWith('.') || pattern.startsWith('.')))
    .map(({ name }) => path.join(folder, name));
}

function toRegex(pattern: string): RegExp {
  const source = pattern.replace(/\[!?[^\]]+\]|[*?]|[^*?[]+|\[/g, part => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (/^\[.+\]$/.test(part)) return `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
    return part.replace(/[.+^${}()|\\[\]]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

/** A folder that may not be read would not be emptied either. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return fs.readdir(folder, { withFileTypes: true }).catch(() => []);
}
