import { buildExtension } from '../lib/build.ts';

await buildExtension(process.argv.slice(2));
