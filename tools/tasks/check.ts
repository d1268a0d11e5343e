// Types only: bundling is esbuild's job.
import { bin, run } from '../lib/process.ts';

const codes = await Promise.all([run(bin('tsc'), ['-p', '.']), run(bin('tsc'), ['-p', 'webview'])]);
process.exit(Math.max(...codes));
