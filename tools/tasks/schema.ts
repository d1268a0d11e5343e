// Writes media/watchkeeper.schema.json from the table that the reader of watchkeeper.yaml uses.
import fs from 'node:fs';
import path from 'node:path';
import { configJsonSchema } from '../../src/domain/config/table.ts';
import { bin, root, run } from '../lib/process.ts';

const file = path.join(root, 'media', 'watchkeeper.schema.json');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
process.exit(await run(bin('biome'), ['format', '--write', file]));
