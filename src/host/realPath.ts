import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Whether links lead the path out of the folder, judged by the longest part of it that exists: what is written into a
 * repository must end where a person who reads the path expects it.
 */
export async function leadsOutside(folder: string, file: string): Promise<boolean> {
  const [root, real] = await Promise.all([fs.realpath(folder), nearestReal(file)]);
  const way = path.relative(root, real);
  return way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
}

async function nearestReal(file: string): Promise<string> {
  try {
    return await fs.realpath(file);
  } catch {
    // A link to nothing would be followed by whoever writes through it.
    const target = await fs.readlink(file).catch(() => undefined);
    if (target !== undefined) return path.resolve(path.dirname(file), target);
    const parent = path.dirname(file);
    return parent === file ? file : nearestReal(parent);
  }
}
