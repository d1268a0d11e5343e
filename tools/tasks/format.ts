import { bin, run } from '../lib/process.ts';

process.exit(await run(bin('biome'), ['check', '--write', ...process.argv.slice(2)]));
