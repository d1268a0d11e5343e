import { bin, run } from '../lib/process.ts';

const style = await run(bin('biome'), ['check', '--error-on-warnings', '.']);
const types = await run(process.execPath, [`${import.meta.dirname}/check.ts`]);
process.exit(Math.max(style, types));
