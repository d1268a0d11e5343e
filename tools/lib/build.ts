import path from 'node:path';
import { root, run } from './process.ts';

/** Bundles the extension and its pages into dist/. */
export async function buildExtension(args: readonly string[] = []): Promise<void> {
  const code = await run(process.execPath, [path.join(root, 'esbuild.config.mjs'), ...args]);
  if (code !== 0) throw new Error('The build failed; see above.');
}
