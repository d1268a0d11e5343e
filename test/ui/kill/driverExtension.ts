import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { bin, run } from '../../../tools/lib/process.ts';

/** Packs the scripted incident as an extension of its own, by way of `folder`. */
export async function packDriverExtension(folder: string): Promise<string> {
  fs.mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'scripted-incident',
    description: 'Lives through a scripted incident.',
    publisher: 'watchkeeper-test',
    version: '1.0.0',
    engines: { vscode: '^1.99.0' },
    main: './main.cjs',
    activationEvents: ['*'],
    files: ['main.cjs'],
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'scriptedIncident.ts')],
    outfile: path.join(folder, 'main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const vsix = path.join(folder, 'scripted-incident.vsix');
  const args = [
    'package',
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--allow-star-activation',
    '-o',
    vsix,
  ];
  const code = await run(bin('vsce'), args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) throw new Error('The scripted incident could not be packaged; see above.');
  return vsix;
}
