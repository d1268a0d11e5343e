import fs from 'node:fs';
import path from 'node:path';

const shared = path.resolve(import.meta.dirname, '../../../../shared');

/** The seeds are read where they lie; undefined (with a reason for `t.skip`) where they are absent. */
export function readSeed(name: 'service-down' | 'incident-response'): string | undefined {
  return read(path.join(shared, 'seeds', `${name}.md`));
}

export function corpusFiles(): readonly { readonly file: string; readonly text: string }[] {
  const folder = path.join(shared, 'corpus', 'files');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .sort()
    .map(file => ({ file, text: fs.readFileSync(path.join(folder, file), 'utf8') }));
}

function read(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
