// Unit tests run straight from TypeScript on Node's own test runner. Arguments are paths to run instead of all.
import fs from 'node:fs';
import path from 'node:path';
import { root, run } from '../lib/process.ts';

const skipped = new Set(['host', 'ui', 'bench', 'parts', 'fakes', 'real']);
const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : testFiles(path.join(root, 'test'));
process.exit(await run(process.execPath, ['--test', ...files]));

function testFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : testFiles(path.join(folder, entry.name));
    return entry.name.endsWith('.test.ts') ? [path.join(folder, entry.name)] : [];
  });
}
