import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildExtension } from './build.ts';
import { bin, root, run } from './process.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Builds and packs the extension; the same sources give the same bytes. */
export async function packageExtension(target?: string): Promise<string> {
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await buildExtension();
  const manifest: Manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = target ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`);
  fs.mkdirSync(path.dirname(vsix), { recursive: true });
  const args = ['package', '--no-dependencies', '--skip-license', '-o', vsix];
  const env = { ...process.env, SOURCE_DATE_EPOCH: sourceDate() };
  const code = await run(bin('vsce'), args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) throw new Error('The extension could not be packaged; see above.');
  return vsix;
}

/** Time of the last commit in seconds; without git a fixed one. */
function sourceDate(): string {
  const log = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return log.status === 0 && log.stdout.trim() !== '' ? log.stdout.trim() : '1700000000';
}
